"""Values -> text. Renderers never decide: lateness in words is now minus due."""
