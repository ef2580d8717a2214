/// Examples at the end of every command's help.
enum HelpExamples {
    /// The help with the examples of the command that its USAGE line names.
    static func appended(to help: String) -> String {
        guard let usage = help.split(separator: "\n").first(where: { $0.hasPrefix("USAGE: ") }) else { return help }
        var names = usage.dropFirst(7).split(separator: " ").map(String.init)
        while !names.isEmpty, all[names.joined(separator: " ")] == nil { names.removeLast() }
        guard let examples = all[names.joined(separator: " ")] else { return help }
        let lines = examples.map { "  crm-voip \($0)\n" }
        return help + (help.hasSuffix("\n") ? "" : "\n") + "\nEXAMPLES:\n" + lines.joined()
    }

    /// What follows `crm-voip`, by the command's names.
    static let all: [String: [String]] = batch.merging(live) { first, _ in first }.merging(serving) { first, _ in first
    }

    private static let batch = [
        "crm-voip": [
            "etl --file Master.csv --queue-log queue_log", "report queues agents --last-week",
            "originate PJSIP/101 0301234567",
        ],
        "crm-voip etl": [
            "etl --days 2", "etl --file Master.csv --queue-log queue_log --timezone Europe/Berlin",
            "etl --pbx main --source mysql --from 2026-11-01 --to 2026-12-01",
        ],
        "crm-voip report": [
            "report queues agents --last-week", "report queues --week 2026-W47 --interval day --output week47.csv",
            "report queues agents calls lost-calls --days 7 --output week.html",
            "report lost-calls --days 0 --open --owner Ivanova", "report queues --columns queue,offered,answered_pct",
            "report queues --language de --spreadsheet --output queues.csv", "report --show queues",
            "report --deliver support --missing",
        ],
        "crm-voip calls": ["calls --number 030-1234567", "calls --queue support --disposition no_answer --days 1"],
        "crm-voip call": ["call 1795389429.12"],
        "crm-voip inspect": ["inspect /var/log/asterisk/cdr-csv/Master.csv"],
        "crm-voip contacts sync": ["contacts sync"],
        "crm-voip contacts match": ["contacts match 030-1234567 --explain"],
        "crm-voip warehouse migrate": ["warehouse migrate"],
        "crm-voip warehouse status": ["warehouse status", "warehouse status --json"],
        "crm-voip warehouse check": ["warehouse check"],
        "crm-voip warehouse run": ["warehouse run"],
        "crm-voip warehouse stop": ["warehouse stop"],
        "crm-voip warehouse prune": ["warehouse prune --older-than 3y --dry-run", "warehouse prune --events 18m"],
        "crm-voip warehouse forget": ["warehouse forget +49301234567 --dry-run", "warehouse forget --replay"],
        "crm-voip warehouse distribute": ["warehouse distribute --dry-run"],
        "crm-voip warehouse partition": ["warehouse partition --dry-run"],
        "crm-voip config init": ["config init"],
        "crm-voip config check": ["config check --connect"],
        "crm-voip config show": ["config show"],
    ]

    private static let live = [
        "crm-voip originate": [
            "originate PJSIP/101 0301234567 --wait answered", "originate PJSIP/101 0301234567 --dry-run",
        ],
        "crm-voip hangup": ["hangup PJSIP/101-0000001a", "hangup --matching '^PJSIP/provider-' --yes"],
        "crm-voip transfer": ["transfer PJSIP/101-0000001a 102", "transfer PJSIP/101-0000001a 102 --attended"],
        "crm-voip park": ["park PJSIP/101-0000001a --timeout 60"],
        "crm-voip spy": ["spy PJSIP/100 PJSIP/101-0000001a --mode whisper"],
        "crm-voip bridge": ["bridge PJSIP/101-0000001a PJSIP/102-0000001b --tone"],
        "crm-voip dtmf": ["dtmf PJSIP/101-0000001a 1234#"],
        "crm-voip channels": ["channels --calls"],
        "crm-voip channel": ["channel PJSIP/101-0000001a --variables CALLERID(num),MONITOR_FILENAME"],
        "crm-voip queue status": ["queue status support --watch"],
        "crm-voip queue summary": ["queue summary"],
        "crm-voip queue stats": ["queue stats support"],
        "crm-voip queue add": ["queue add support PJSIP/101 --name Alice --penalty 1"],
        "crm-voip queue remove": ["queue remove support PJSIP/101"],
        "crm-voip queue pause": ["queue pause PJSIP/101 --queue support --reason lunch"],
        "crm-voip queue unpause": ["queue unpause PJSIP/101"],
        "crm-voip queue penalty": ["queue penalty PJSIP/101 3 --queue support"],
        "crm-voip queue reload": ["queue reload support"],
        "crm-voip events": [
            "events --calls", "events --json --record events.raw", "events --call-events --json",
            "events --exec /usr/local/bin/on-call",
        ],
        "crm-voip health": ["health --nagios", "health --full --json"],
        "crm-voip doctor": ["doctor"],
        "crm-voip audit": ["audit --from 2026-11-22 --command originate"],
    ]

    private static let serving = [
        "crm-voip serve run": ["serve run --listen 127.0.0.1:8090"],
        "crm-voip serve user add": ["serve user add ivanova --role lead"],
        "crm-voip serve user list": ["serve user list"],
        "crm-voip serve user password": ["serve user password ivanova"],
        "crm-voip serve user remove": ["serve user remove ivanova"],
        "crm-voip serve token add": ["serve token add crm --role lead --scope api:read"],
        "crm-voip serve token list": ["serve token list"],
        "crm-voip serve token remove": ["serve token remove crm"],
        "crm-voip alerts run": ["alerts run"],
        "crm-voip staffing list": ["staffing list", "staffing list --json"],
        "crm-voip alerts init": ["alerts init"],
        "crm-voip alerts list": ["alerts list"],
        "crm-voip alerts silence": ["alerts silence --for 2h --comment maintenance queue=support"],
        "crm-voip alerts unsilence": ["alerts unsilence 1"],
        "crm-voip alerts send-test": ["alerts send-test leads"],
        "crm-voip alerts test": ["alerts test --days 7"],
    ]
}
