import AMI
import AMIClient
import Base
import Switchboard
import TestSupport
import Testing

@testable import crm_voip

/// Where the language of the program comes from.
@Suite(.enabled(if: Program.isBuilt, "the program is not beside the tests"))
struct LanguageTests {
    private static let list = "crm-voip report --list \"$@\" | sed -n 's/^queues *\\(.[^.]*\\)\\..*/\\1/p'"

    @Test func `the option precedes the variable, which precedes the file`() async throws {
        let result = try await Program.shell(
            """
            list() { \(Self.list); }
            folder=$(mktemp -d); trap 'rm -r "$folder"' EXIT
            umask 077; printf 'language = "ru"\\n[pbx.main]\\n' >"$folder/crm-voip.toml"
            list
            export CRM_VOIP_CONFIG="$folder/crm-voip.toml"
            list
            export CRM_VOIP_LANGUAGE=de
            list
            list --language en
            list --language ru
            """
        )
        #expect(result.output == "Queues\nОчереди\nWarteschlangen\nQueues\nОчереди\n")
        #expect(result.errors == "")
    }

    @Test func `programs and errors are English whatever the language`() async throws {
        let german = ["CRM_VOIP_LANGUAGE": "de"]
        let english = try await Program.run("report", "--list", "--json")
        #expect(try await Program.run("report", "--list", "--json", environment: german).output == english.output)
        let unknown = try await Program.run("report", "quues", environment: german)
        #expect(unknown.errors.hasPrefix("crm-voip: Unknown report quues; did you mean queues?"))
        #expect(try await Program.run("report", "--help", environment: german).output.hasPrefix("OVERVIEW: Report on"))
    }

    @Test func `an unknown language is an error with the known ones`() async throws {
        let option = try await Program.run("report", "--list", "--language", "fr")
        #expect(option.status == 64)
        #expect(option.errors.contains("en, de, ru") || option.errors.contains("'en', 'de' or 'ru'"))
        let variable = try await Program.run("report", "--list", environment: ["CRM_VOIP_LANGUAGE": "fr"])
        #expect(variable.status == 78)
        #expect(variable.errors.contains("language should be"))
    }
}

/// A delivery in a language of its own.
@Suite(.enabled(if: Site.canRun, "\(Site.reason)"), .timeLimit(.minutes(10)))
struct DeliveryLanguageTests {
    @Test func `a delivery is in its own language, and its CSV opens in the spreadsheet of that language`() async throws
    {
        let site = try Site(configuration: "")
        let result = try await site.shell(
            """
            mkdir "$SITE/out"
            cat >"$SITE/crm-voip.toml" <<END
            language = "ru"
            [pbx.main]
            timezone = "UTC"
            [reports.delivery.lead]
            reports = ["queues"]
            formats = ["html", "csv"]
            language = "de"
            spreadsheet = true
            folder = "$SITE/out"
            END
            chmod 600 "$SITE/crm-voip.toml"
            t=$(($(date +%s) - 86400 * $(date -u +%u) - 43200))
            printf '%s\\n' "$t|1.1|support|NONE|ENTERQUEUE||03012345|1" "$((t + 30))|1.1|support|NONE|ABANDON|1|1|30" >"$SITE/queue_log"
            crm-voip etl --queue-log "$SITE/queue_log" --quiet || exit
            crm-voip report --deliver lead; echo "status $?"
            grep -o '<html lang="de"' "$SITE"/out/*.html
            head -n 1 "$SITE"/out/*-queues.csv | cut -d ';' -f 4,5,15
            sed -n 2p "$SITE"/out/*-queues.csv | cut -d ';' -f 1 | sed 's/[0-9]/N/g'
            sed -n 2p "$SITE"/out/*-queues.csv | cut -d ';' -f 4,5,15
            """
        )
        #expect(
            result.output == """
                status 0
                <html lang="de"
                queue;offered;answered_pct
                NN.NN.NNNN NN:NN:NN
                support;1;0,0

                """
        )
        #expect(result.errors == "")
    }
}

/// Tables of the terminal in another language.
@Suite struct TerminalLanguageTests {
    private let board: QueueBoard = {
        var board = QueueBoard()
        board.replace(
            with: [
                Message(["Event": "QueueParams", "Queue": "support", "ServiceLevel": "10"]),
                Message([
                    "Event": "QueueMember", "Queue": "support", "Name": "Ann", "Location": "PJSIP/1", "Status": "1",
                ]),
                Message([
                    "Event": "QueueMember", "Queue": "support", "Name": "Bo", "Location": "PJSIP/2", "Status": "5",
                ]),
                Message([
                    "Event": "QueueEntry", "Queue": "support", "Position": "1", "Uniqueid": "c1",
                    "CallerIDNum": "0301", "Wait": "65",
                ]),
            ],
            at: 1000
        )
        return board
    }()

    @Test func `the status of queues`() {
        let plain = Style(isOn: false)
        let german = Language.$current.withValue(.german) { QueueTable.status(board.queues, at: 1000, plain) }
        let lines = german.split(separator: "\n")
        #expect(lines[0].hasSuffix("1 wartend, 1 von 2 Mitgliedern frei"))
        #expect(lines[1] == "PLATZ  WARTEZEIT  ANRUFER  KANAL")
        #expect(lines[2].hasPrefix("1      1:05       0301"))
        #expect(lines[3].hasPrefix("MITGLIED  ZUSTAND           GRUND  PENALTY  ANRUFE  LETZTER ANRUF"))
        #expect(lines[4].hasPrefix("Ann       frei              "))
        #expect(lines[5].hasPrefix("Bo        nicht erreichbar  "))
    }

    @Test func `the board is aligned whatever the length of its words`() {
        let view = BoardView(style: Style(isOn: false), thresholds: nil)
        let lines = Language.$current.withValue(.german) {
            view.lines(board, staleSince: nil, at: 1000, size: (width: 80, height: 12))
        }
        #expect(lines.contains { $0.hasSuffix("UTC   q Ende   s Reihenfolge (Zustand)") })
        #expect(
            lines.contains("support  wartend 1  max. 1:05  frei 1/2  SL - in 10s  erledigt 0  verloren 0")
        )
        let members = lines.filter { $0.contains("Ann  ") || $0.contains("Bo  ") }
        let times = Set(members.map { line in Array(line).firstIndex(of: ":") })
        #expect(members.count == 2 && times.count == 1)
    }
}
