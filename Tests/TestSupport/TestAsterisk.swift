import Glibc

/// A real Asterisk for the tests only, with its own folder and port, which ends with the test process.
///
/// Its configuration is in the folder `Asterisk` beside this file. `.ci/asterisk` installs the program on machines that
/// lack it.
public final class TestAsterisk: Sendable {
    /// Whether the program is installed and can be run; otherwise tests that need it are skipped.
    public static let isInstalled = installation != nil
    /// Why a test was skipped.
    public static let reason = "needs Asterisk: run .ci/asterisk as root, and the tests as root too"

    /// The port of the manager interface on 127.0.0.1.
    public let port: UInt16
    /// The password of every user of manager.conf.
    public let secret = "live-secret"
    /// The server's folder as this process sees it.
    public let folder: String
    /// The prefix of Asterisk's own view of the file system; empty for the machine's.
    private let root: String
    /// Closed when the test process ends, for whatever reason, upon which the server's keeper stops the server.
    private let lifeline: Int32

    private static let started = Result { try TestAsterisk() }

    /// The one server of this test process, started at its first use.
    public static func shared() throws -> TestAsterisk { try started.get() }

    /// The CDRs.
    public var masterCSV: String { folder + "/log/cdr-csv/Master.csv" }
    /// The events of queues.
    public var queueLog: String { folder + "/log/queue_log" }

    /// The output of a command on Asterisk's own console.
    public func console(_ command: String) throws -> String {
        let output = folder + "/console-\(UInt64.random(in: 0...UInt64.max))"
        defer { unlink(output) }
        try TestProcess.run(program + ["-rx", command], log: output)
        return Self.text(of: output)
    }

    /// A file's text; empty if the file does not exist yet.
    public static func text(of path: String) -> String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 14)
        while case let count = fread(&piece, 1, piece.count, file), count > 0 { bytes += piece[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }

    private var program: [String] { Self.program(root: root, folder: String(folder.dropFirst(root.utf8.count))) }

    private static func program(root: String, folder: String) -> [String] {
        (root.isEmpty ? [] : ["chroot", root]) + ["/usr/sbin/asterisk", "-C", folder + "/etc/asterisk.conf"]
    }

    /// The root of a file system that contains Asterisk: empty for the machine's own.
    private static let installation: String? = {
        if access("/usr/sbin/asterisk", X_OK) == 0 { return "" }
        let package = parent(of: parent(of: parent(of: #filePath)))
        let folder = getenv("CRM_VOIP_TEST_ASTERISK").map { String(cString: $0) } ?? package + "/.build/asterisk"
        // Only root can use a folder as if it were the whole file system.
        return geteuid() == 0 && access(folder + "/usr/sbin/asterisk", X_OK) == 0 ? folder : nil
    }()

    private static func parent(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }

    private init() throws {
        guard let root = Self.installation else { throw TestProcess.Failure(what: Self.reason) }
        self.root = root
        // The path of a Unix socket must be short; inside the root, only the shorter path counts.
        var template = Array((root + "/tmp/crm-voip-live-XXXXXX").utf8CString)
        guard let made = mkdtemp(&template) else { throw TestProcess.Failure(what: "no folder below \(root)/tmp") }
        folder = String(cString: made)
        port = try TestProcess.freePort()
        let sipPort = try TestProcess.freePort(.datagram)
        let inside = String(folder.dropFirst(root.utf8.count))
        // cdr_csv does not create its folder, and loses records without it.
        let script = """
            set -e; root=$1 folder=$2 port=$3 sip=$4
            mkdir -p "$root$folder"/etc "$root$folder"/db "$root$folder"/keys "$root$folder"/spool "$root$folder"/log/cdr-csv
            # A transfer that cannot play its prompt is given up. Silence will do.
            mkdir -p "$root$folder/data"
            for part in "$root"/usr/share/asterisk/*; do ln -s "${part#"$root"}" "$root$folder/data/${part##*/}"; done
            rm -f "$root$folder/data/sounds"
            mkdir -p "$root$folder/data/sounds/en"
            for prompt in pbx-transfer beep beeperr; do
                head -c 1600 /dev/zero >"$root$folder/data/sounds/en/$prompt.sln"
            done
            for modules in "$root"/usr/lib/*/asterisk/modules "$root"/usr/lib/asterisk/modules; do
                [ -d "$modules" ] && break
            done
            for file in "$5"/*.conf; do
                sed -e "s#@FOLDER@#$folder#; s#@PORT@#$port#; s#@SIP@#$sip#; s#@MODULES@#${modules#"$root"}#" "$file" \\
                    >"$root$folder/etc/${file##*/}"
            done
            """
        let configuration = Self.parent(of: #filePath) + "/Asterisk"
        try TestProcess.run(["/bin/sh", "-c", script, "sh", root, inside, "\(port)", "\(sipPort)", configuration])
        lifeline = try TestProcess.startKept(
            Self.program(root: root, folder: inside) + ["-f"],
            removing: folder,
            log: folder + "/server.log"
        )
        for _ in 0..<150 {
            if (try? console("core waitfullybooted"))?.contains("fully booted") ?? false { return }
            usleep(100_000)
        }
        throw TestProcess.Failure(what: "Asterisk did not start; see \(folder)/server.log")
    }
}
