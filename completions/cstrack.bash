# Completion of cstrack for bash, made by `cstrack completion bash`. To use it, source it.

# Digits and commas are all that comes back.
__cstrack_numbers() {
    command cstrack __complete "$@" 2>/dev/null
}

_cstrack() {
    local IFS=$' \t\n' word= whole= path= option= only= lead= offered= offer
    local -i place=0 at
    local -a words=()

    # bash takes --db=x and a:b apart; here they are one word again
    for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
        if [[ ${#words[@]} -gt 0 && ( $whole || $word == [=:]* ) ]]; then
            words[${#words[@]} - 1]+=$word
        else
            words+=("$word")
        fi
        [[ $word == [=:]* ]] && whole=1 || whole=
    done

    # which command it is, how many arguments it has, and which option waits for its value
    for ((at = 0; at < ${#words[@]} - 1; at++)); do
        word=${words[at]}
        if [[ $option ]]; then
            option=
        elif [[ ! $only && $word == -- ]]; then
            only=1
        elif [[ ! $only && $word == -?* ]]; then
            case "$path $word" in
                ' policy show --version'|' policy export --version'|*' --lang'|*' --customer'|*' --phone'|\
                *' --model'|*' --kind'|*' --category'|*' --channel'|*' --flag'|*' --against'|*' --store'|\
                *' --field'|*' -m'|*' --message'|*' -F'|*' --file'|*' --at'|*' --as'|*' --db'|*' --config'|\
                *' --color'|*' --width'|*' --status'|*' --level'|*' --owner'|*' --handler'|*' --stage'|\
                ' list --since'|*' --before'|*' --fields'|*' --format'|*' --within'|*' --to'|*' --approved-by'|\
                *' --waiting-for'|*' --until'|*' --by'|*' --remedy'|*' --amount'|*' --with'|*' --signed'|\
                *' --attach'|*' --outcome'|*' --due'|*' --check'|*' --name'|*' --mail'|*' --team'|\
                *' --supervisor'|*' --deputy'|*' --login'|*' --zone'|*' --hours'|*' --from'|*' --receipt'|\
                *' --state'|*' -o'|*' --output'|*' --preset'|*' --expected'|*' --lead'|*' --statement'|\
                *' --rank'|*' --calendar'|*' --through') option=$word ;;
            esac
        else
            case "$path $word" in
                ' open'|' list'|' overdue'|' show'|' timeline'|' why'|' note'|' contact'|' assign'|' escalate'|\
                ' deescalate'|' pause'|' resume'|' flag'|' propose'|' agree'|' resolve'|' close'|' reopen'|\
                ' correct'|' merge'|' link'|' undo'|' extend'|' promise'|' promise add'|' promise keep'|\
                ' promise miss'|' promise move'|' promise list'|' task'|' task add'|' task done'|\
                ' task return'|' task list'|' handover'|' handover offer'|' handover accept'|' handover list'|\
                ' transfer'|' staff'|' staff add'|' staff list'|' staff show'|' staff edit'|' staff away'|\
                ' staff remove'|' store'|' store add'|' store list'|' duty'|' duty import'|' duty now'|\
                ' duty on'|' duty off'|' remedy'|' remedy ask'|' remedy withdraw'|' remedy paid'|\
                ' remedy list'|' approve'|' reject'|' attach'|' attachment'|' attachment list'|\
                ' attachment save'|' sweep'|' import'|' when'|' demo'|' doctor'|' set'|' step'|' stage'|\
                ' arrive'|' leave'|' meeting'|' group'|' group add'|' group show'|' group list'|' group edit'|\
                ' group drop'|' demand'|' demand add'|' demand answer'|' demand list'|' policy'|' policy list'|\
                ' policy show'|' policy check'|' policy diff'|' policy apply'|' policy export'|' calendar'|\
                ' calendar show'|' calendar import'|' calendar check'|' audit'|' audit verify'|' help'|\
                ' completion') path+=" $word" ;;
                *) place+=1 ;;
            esac
        fi
    done

    word=${words[at]}
    if [[ ! $option && ! $only && $word == --*=* ]]; then
        option=${word%%=*} word=${word#*=}
        [[ $COMP_WORDBREAKS == *=* ]] || lead=$option=
    fi
    if [[ ! $option && ! $only && $word == -* ]]; then
        case "$path" in
            '') offered='-V --version --lang -h --help' ;;
            ' open') offered='--customer --phone --model --kind --category --channel --flag --against --store --field -m --message -F --file --resolve --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' list') offered='--status --level --owner --handler --against --store --customer --category --channel --flag --kind --stage --since --before --field --jsonl --csv --bom --raw --fields --format --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' overdue') offered='--today --within --level --owner --store --clocks --exit-code --field -q --quiet --jsonl --csv --bom --raw --fields --format --at --json --as --db --config --lang --color --width --no-input --debug -h --help' ;;
            ' show') offered='--fields --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' timeline') offered='--jsonl --csv --bom --raw --fields --format --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' why') offered='--all --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' note') offered='-m --message -F --file --yes --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' contact') offered='--in --out --channel -m --message -F --file --yes --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' assign') offered='--as-handler --against -m --message -F --file --yes --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' escalate') offered='--to -m --message -F --file --yes --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' deescalate') offered='--to -m --message -F --file --approved-by --yes --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' pause') offered='--waiting-for --until -m --message -F --file --yes --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' resume') offered='-m --message -F --file --yes --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' flag') offered='--off --approved-by -m --message -F --file --yes --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' propose') offered='--by --remedy --amount --liability -m --message -F --file --yes --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' agree') offered='--interim --with --signed --attach --remedy --amount --liability -m --message -F --file --yes --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' resolve') offered='--anyway --remedy --amount --liability --field -m --message -F --file --yes --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' close') offered='--outcome -m --message -F --file --yes --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' reopen') offered='-m --message -F --file --yes --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' correct') offered='-m --message -F --file --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' merge') offered='--anyway -m --message -F --file --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' link') offered='--remove -m --message -F --file --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' undo') offered='-n --dry-run --yes --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' extend') offered='--approved-by -m --message -F --file --yes --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' promise') offered='-h --help' ;;
            ' promise add') offered='--due --owner --check --remedy --amount --liability --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' promise keep') offered='-m --message -F --file --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' promise miss') offered='-m --message -F --file --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' promise move') offered='--due --agreed -m --message -F --file --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' promise list') offered='--all --jsonl --csv --bom --raw --fields --format --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' task') offered='-h --help' ;;
            ' task add') offered='--to --due -m --message -F --file --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' task done') offered='-m --message -F --file --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' task return') offered='-m --message -F --file --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' task list') offered='--all --jsonl --csv --bom --raw --fields --format --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' handover') offered='-h --help' ;;
            ' handover offer') offered='--to -m --message -F --file --yes --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' handover accept') offered='-m --message -F --file --yes --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' handover list') offered='--jsonl --csv --bom --raw --fields --format --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' transfer') offered='--store --accept -m --message -F --file --yes --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' staff') offered='-h --help' ;;
            ' staff add') offered='--name --level --mail --store --team --supervisor --deputy --login --zone --hours --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' staff list') offered='--all --level --store --jsonl --csv --bom --raw --fields --format --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' staff show') offered='--fields --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' staff edit') offered='--name --level --mail --store --team --supervisor --deputy --login --zone --hours --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' staff away') offered='--until --from --deputy --back --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' staff remove') offered='--at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' store') offered='-h --help' ;;
            ' store add') offered='--name --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' store list') offered='--jsonl --csv --bom --raw --fields --format --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' duty') offered='-h --help' ;;
            ' duty import') offered='-n --dry-run --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' duty now') offered='--jsonl --csv --bom --raw --fields --format --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' duty on') offered='--at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' duty off') offered='--at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' remedy') offered='-h --help' ;;
            ' remedy ask') offered='--amount --liability -m --message -F --file --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' remedy withdraw') offered='-m --message -F --file --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' remedy paid') offered='--receipt --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' remedy list') offered='--waiting --level --state --jsonl --csv --bom --raw --fields --format --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' approve') offered='-m --message -F --file --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' reject') offered='-m --message -F --file --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' attach') offered='-m --message -F --file --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' attachment') offered='-h --help' ;;
            ' attachment list') offered='--jsonl --csv --bom --raw --fields --format --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' attachment save') offered='-o --output --force --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' sweep') offered='-n --dry-run --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' import') offered='--preset -n --dry-run --strict --live --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' when') offered='--deadline --since --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' demo') offered='--at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' doctor') offered='--exit-code --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' set') offered='--field -m --message -F --file --yes --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' step') offered='--by -m --message -F --file --yes --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' stage') offered='--checked --by --done -m --message -F --file --yes --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' arrive') offered='--expected -m --message -F --file --yes --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' leave') offered='-m --message -F --file --yes --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' meeting') offered='--with -m --message -F --file --yes --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' group') offered='-h --help' ;;
            ' group add') offered='--to --lead --name --statement -m --message -F --file --yes --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' group show') offered='--at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' group list') offered='--suggested --jsonl --csv --bom --raw --fields --format --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' group edit') offered='--lead --name --statement -m --message -F --file --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' group drop') offered='-m --message -F --file --yes --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' demand') offered='-h --help' ;;
            ' demand add') offered='--rank --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' demand answer') offered='--can --cannot --park --to --until --remedy --amount --liability -m --message -F --file --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' demand list') offered='--jsonl --csv --bom --raw --fields --format --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' policy') offered='-h --help' ;;
            ' policy list') offered='--presets --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' policy show') offered='--preset --version --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' policy check') offered='--at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' policy diff') offered='--at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' policy apply') offered='--preset -n --dry-run -m --message --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' policy export') offered='--preset --version --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' calendar') offered='-h --help' ;;
            ' calendar show') offered='--from --to --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' calendar import') offered='--calendar --through -n --dry-run -m --message --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' calendar check') offered='--exit-code --at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' audit') offered='-h --help' ;;
            ' audit verify') offered='--at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' help') offered='--at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
            ' completion') offered='--at --json --as --db --config --lang --color --width --no-input -q --quiet --debug -h --help' ;;
        esac
    else
        case "$path ${option:-$place}" in
                *' --lang') offered='en zh' ;;
                *' --kind') offered='complaint suggestion inquiry praise' ;;
                *' --category') offered='service.quality service.claim service.product service.repair parts.supply parts.price parts.quality sales.promise billing privacy other' ;;
                *' --channel') offered='phone walk-in mail letter web chat sms social manufacturer association media platform regulator' ;;
                *' --flag'|' flag 1') offered='safety media legal vip brand crisis repeated departments dissatisfied asks-higher' ;;
                *' -F'|*' --file'|*' --db'|*' --config'|*' --attach'|*' -o'|*' --output'|' duty import 0'|\
                ' attach '[0-9]*|' import 0'|' policy check 0'|' policy diff 0'|' policy apply 0'|\
                ' calendar import 0'|' calendar check 0') compopt -o default 2>/dev/null ;;
                *' --color') offered='auto always never' ;;
                *' --status') offered='open waiting agreed resolved closed merged all' ;;
                *' --level'|*' --to') offered='1 2 3' ;;
                *' --waiting-for') offered='customer supplier third-party' ;;
                *' --outcome') offered='satisfied partial no-agreement withdrawn unreachable invalid transferred' ;;
                *' --preset') offered='cfpb nhtsa' ;;
                *' --lead'|' show 0'|' timeline 0'|' why 0'|' note 0'|' contact 0'|' assign 0'|' escalate 0'|\
                ' deescalate 0'|' pause 0'|' resume 0'|' flag 0'|' propose 0'|' agree 0'|' resolve 0'|\
                ' close 0'|' reopen 0'|' correct 0'|' merge 0'|' merge 1'|' link 0'|' link 1'|' extend 0'|\
                ' promise add 0'|' promise keep 0'|' promise miss 0'|' promise move 0'|' task add 0'|\
                ' task done 0'|' task return 0'|' transfer 0'|' remedy ask 0'|' attach 0'|' attachment list 0'|\
                ' attachment save 0'|' set 0'|' step 0'|' stage 0'|' arrive 0'|' leave 0'|' meeting 0'|\
                ' group add 0'|' group drop 1'|' demand add 0'|' demand answer 0'|' demand list 0') compopt -o nosort 2>/dev/null; offered=$(__cstrack_numbers "${words[@]}") ;;
                ' 0') offered='open list overdue show timeline why note contact assign escalate deescalate pause resume flag propose agree resolve close reopen correct merge link undo extend promise task handover transfer staff store duty remedy approve reject attach attachment sweep import when demo doctor set step stage arrive leave meeting group demand policy calendar audit help completion' ;;
                ' promise 0') offered='add keep miss move list' ;;
                ' task 0') offered='add done return list' ;;
                ' handover 0') offered='offer accept list' ;;
                ' staff 0') offered='add list show edit away remove' ;;
                ' store 0') offered='add list' ;;
                ' duty 0') offered='import now on off' ;;
                ' remedy 0') offered='ask withdraw paid list' ;;
                ' attachment 0') offered='list save' ;;
                ' group 0') offered='add show list edit drop' ;;
                ' demand 0') offered='add answer list' ;;
                ' policy 0') offered='list show check diff apply export' ;;
                ' calendar 0') offered='show import check' ;;
                ' audit 0') offered='verify' ;;
                ' help '[0-9]*) offered='exit-codes times levels environment open list overdue show timeline why note contact assign escalate deescalate pause resume flag propose agree resolve close reopen correct merge link undo extend promise task handover transfer staff store duty remedy approve reject attach attachment sweep import when demo doctor set step stage arrive leave meeting group demand policy calendar audit help completion' ;;
                ' completion 0') offered='bash zsh fish' ;;
        esac
    fi
    COMPREPLY=()
    for offer in $offered; do
        [[ $offer == "$word"* ]] && COMPREPLY+=("$lead$offer")
    done
}

complete -F _cstrack cstrack
