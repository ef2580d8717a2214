import Glibc
import Testing

/// Every file that a command reads, replaced by something that never begins, never ends or is not a file: the command
/// refuses it within seconds, with the status from the contract, and does not hold it in memory.
@Suite(.enabled(if: Site.canRun, "\(Site.reason)"), .timeLimit(.minutes(10)))
struct EndlessFileTests {
    /// What is in place of the file.
    enum Kind: String, CaseIterable {
        /// A named pipe without a writer.
        case fifo
        /// `/dev/zero`.
        case zero
        /// 200 MB without a line end.
        case line
        case folder, socket
    }

    /// A command that reads `$F`, and its exit status.
    struct Case: Sendable {
        /// Commands to run first.
        var before = "true"
        /// The command's arguments, preceded by environment settings.
        let command: String
        var status: Int32 = 78
        var unless: [Kind: Int32] = [:]
        /// Excludes kinds for which a shell would itself wait.
        var kinds = Kind.allCases
    }

    private static let manager = "CRM_VOIP_PBX_MAIN_AMI_USERNAME=x"
    private static let tls = "\(manager) CRM_VOIP_PBX_MAIN_AMI_SECRET=x CRM_VOIP_PBX_MAIN_AMI_TLS=true"
    private static let nowhere = "CRM_VOIP_WAREHOUSE_URL='host=127.0.0.1 port=1 dbname=x"

    /// Writes a configuration with a table of CDRs, for a separate PBX.
    private static func table(_ settings: String) -> String {
        """
        cat >$OWN <<END
        [pbx.$NAME]
        timezone = "UTC"
        [pbx.$NAME.cdr_database]
        database = "x"
        host = "127.0.0.1"
        \(settings)
        END
        """
    }

    static let cases = [
        // The configuration, and the files that it names. A pipe without a writer has nothing to configure.
        Case(command: "crm-voip config show --config $F", unless: [.fifo: 0]),
        Case(command: "\(manager) CRM_VOIP_PBX_MAIN_AMI_SECRET_FILE=$F crm-voip channels"),
        Case(
            command:
                "CRM_VOIP_PBX_MAIN_CDR_DATABASE_DATABASE=x CRM_VOIP_PBX_MAIN_CDR_DATABASE_PASSWORD_FILE=$F crm-voip config check"
        ),
        Case(
            command:
                "CRM_VOIP_CONTACTS_URL=mysql://x@127.0.0.1/x CRM_VOIP_CONTACTS_PASSWORD_FILE=$F crm-voip config check"
        ),
        Case(command: "\(tls) CRM_VOIP_PBX_MAIN_AMI_CA_FILE=$F crm-voip channels"),
        Case(command: "\(tls) CRM_VOIP_PBX_MAIN_AMI_CA_FILE=$F crm-voip events --seconds 1"),
        Case(command: "\(nowhere) sslmode=verify-full sslrootcert='$F crm-voip warehouse status"),
        Case(command: "\(nowhere) passfile='$F crm-voip warehouse status"),
        Case(command: "CRM_VOIP_WAREHOUSE_SERVICE=x PGSERVICEFILE=$F crm-voip warehouse status"),
        Case(
            before: table("defaults_file = \"$F\""),
            command: "crm-voip etl --config $OWN --source mysql --all --keep"
        ),
        Case(
            before: table("tls = \"verify\"\nca_file = \"$F\""),
            command: "crm-voip etl --config $OWN --source mysql --all --keep"
        ),
        Case(
            before: "mkdir $OWN; ln -s $F $OWN/Zone",
            command: "TZDIR=$OWN crm-voip inspect --timezone Zone /dev/null",
            status: 64
        ),
        // Records, contacts and recordings.
        Case(command: "crm-voip inspect $F", status: 66, unless: [.line: 65]),
        Case(command: "crm-voip inspect - <$F", status: 66, unless: [.line: 65], kinds: [.zero, .line, .folder]),
        Case(command: "crm-voip etl --config $MANY --file $F --pbx $NAME --keep", status: 66, unless: [.line: 65]),
        Case(command: "crm-voip etl --config $MANY --queue-log $F --pbx $NAME --keep", status: 66, unless: [.line: 65]),
        Case(command: "CRM_VOIP_CONTACTS_CSV=$F crm-voip contacts sync --keep", status: 66, unless: [.line: 65]),
        Case(command: "crm-voip events --replay $F", status: 66, unless: [.line: 65]),
        Case(command: "crm-voip events --replay $F --calls --queue-log $OWN", status: 66, unless: [.line: 65]),
        Case(command: "crm-voip serve --listen unix:$OWN --replay $F", status: 66, unless: [.line: 65]),
        // Files written by the program itself.
        Case(command: "CRM_VOIP_PBX_MAIN_DIAL_GUARD_AUDIT_LOG=$F crm-voip audit", status: 66, unless: [.line: 0]),
        Case(
            before: "mkdir $OWN; ln -s $F $OWN/forgotten-numbers",
            command: "CRM_VOIP_DATA=$OWN crm-voip warehouse forget --replay",
            status: 65
        ),
        Case(command: "CRM_VOIP_SERVE_USERS_FILE=$F crm-voip serve user list"),
        Case(command: "crm-voip serve user add eve --role viewer <$F", status: 64, kinds: [.zero, .line, .folder]),
        Case(command: "CRM_VOIP_SERVE_CERTIFICATE=$F CRM_VOIP_SERVE_KEY=$F crm-voip serve --listen unix:$OWN"),
        // Everybody may write to the device.
        Case(
            before: "mkdir $OWN; ln -s $F $OWN/own.sql",
            command: "CRM_VOIP_REPORTS_DIRECTORY=$OWN crm-voip report own",
            status: 66,
            unless: [.zero: 78]
        ),
    ]

    @Test func `no command waits forever, or keeps an endless file in memory`() async throws {
        let site = try Site()
        // Runs for the same PBX cannot be used together.
        try site.write(
            Self.runs.map { "[pbx.\($0.name)]\ntimezone = \"UTC\"\n" }.joined(),
            to: "many.toml"
        )
        let prepared = try await site.shell(
            """
            mkfifo "$SITE/fifo"; mkdir "$SITE/folder"; crm-voip warehouse migrate --keep
            head -c 200000000 /dev/zero | tr '\\0' x >"$SITE/line"; chmod 600 "$SITE/line"
            """
        )
        try #require(prepared.status == 0, "\(prepared.errors)")
        let socket = try Listener(path: "\(site.folder)/socket")
        let folder = site.folder
        await withTaskGroup(of: Void.self) { group in
            var running = 0
            for run in Self.runs {
                if running >= 12 { await group.next() }
                running += 1
                group.addTask { await Self.check(run.aCase, run.kind, run.name, folder) }
            }
        }
        withExtendedLifetime(socket) {}
        _ = try await site.shell("crm-voip warehouse stop")
    }

    private static let runs = cases.enumerated().flatMap { number, aCase in
        aCase.kinds.map { (aCase: aCase, kind: $0, name: "c\(number)\($0)") }
    }

    private static func check(_ aCase: Case, _ kind: Kind, _ name: String, _ folder: String) async {
        let began = ContinuousClock.now
        let run = await MeasuredRun.of(
            "\(aCase.before)\nexec env \(aCase.command)",
            [
                "F": kind == .zero ? "/dev/zero" : "\(folder)/\(kind)", "OWN": "\(folder)/own-\(name)", "NAME": name,
                "MANY": "\(folder)/many.toml", "CRM_VOIP_DATA": "\(folder)/data",
            ]
        )
        let seconds = ContinuousClock.now - began
        let label = "\(aCase.command) with \(kind): \(run.errors)"
        #expect(run.status == aCase.unless[kind] ?? aCase.status, "\(label)")
        #expect(run.peakKB < 150 << 10, "\(label)")
        // Most take a second or two; a machine that is busy with other tests may need much longer.
        #expect(seconds < .seconds(100), "\(label)")
    }
}

/// A socket with a name, which cannot be opened as a file.
private final class Listener {
    private let descriptor: Int32

    init(path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(bound == 0)
    }

    deinit { close(descriptor) }
}
