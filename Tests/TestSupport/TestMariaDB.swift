import Glibc

/// A MariaDB server for the tests only, with a fresh data folder, its own socket and port, which ends with the test
/// process.
///
/// `root` has no password; a test creates the databases and users that it needs, under names that no other test uses.
public final class TestMariaDB: Sendable {
    /// Whether the programs are installed; otherwise tests that need the server are skipped.
    public static let isInstalled = server != nil && installer != nil
    /// Why a test was skipped.
    public static let reason = "needs mariadbd and mariadb-install-db"

    /// The server's folder.
    public let folder: String
    /// Path of the Unix socket.
    public let socket: String
    /// Port on 127.0.0.1.
    public let port: UInt16
    /// PEM file of the authority that issued the server's certificate; nil if openssl is not installed.
    public let authority: String?
    /// Closed when the test process ends, for whatever reason, upon which the server's keeper stops the server.
    private let lifeline: Int32

    private static let server = TestProcess.find(["mariadbd", "mysqld"])
    private static let installer = TestProcess.find(["mariadb-install-db", "mysql_install_db"])
    private static let started = Result { try TestMariaDB() }

    /// The one server of this test process, started at its first use.
    public static func shared() throws -> TestMariaDB { try started.get() }

    private init() throws {
        guard let server = Self.server, let installer = Self.installer else {
            throw TestProcess.Failure(what: Self.reason)
        }
        let folder = try TestProcess.temporaryFolder(named: "crm-voip-mariadb")
        self.folder = folder
        socket = folder + "/s"
        port = try TestProcess.freePort()
        // The server refuses to run as root.
        let user = getuid() == 0 ? (getpwnam("mysql") != nil ? "mysql" : "nobody") : nil
        let asUser = user.map { ["--user=" + $0] } ?? []
        authority = try? Self.makeCertificate(in: folder)
        if let user { try TestProcess.run(["chown", "-R", user, folder]) }
        let places = ["--no-defaults", "--datadir=" + folder + "/data"] + asUser
        try TestProcess.run(
            [installer] + places + ["--auth-root-authentication-method=normal", "--skip-test-db"],
            log: folder + "/install.log"
        )
        let certificates = authority.map {
            ["--ssl-ca=" + $0, "--ssl-cert=" + folder + "/server.pem", "--ssl-key=" + folder + "/server.key"]
        }
        lifeline = try TestProcess.startKept(
            [server] + places + [
                "--socket=" + socket, "--port=\(port)", "--bind-address=127.0.0.1", "--pid-file=" + folder + "/pid",
                "--innodb-buffer-pool-size=64M", "--innodb-flush-log-at-trx-commit=0", "--skip-log-bin",
                "--skip-name-resolve",
            ] + (certificates ?? []),
            removing: folder,
            log: folder + "/server.log"
        )
        for _ in 0..<300 {
            if TestProcess.canConnect(to: socket) { return }
            usleep(100_000)
        }
        throw TestProcess.Failure(what: "mariadbd did not start; see " + folder + "/server.log")
    }

    /// A certificate for 127.0.0.1 and localhost, issued by an authority created for it.
    private static func makeCertificate(in folder: String) throws -> String {
        guard let openssl = TestProcess.find(["openssl"]) else { throw TestProcess.Failure(what: "needs openssl") }
        let script = """
            set -e; cd "$1"
            printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\\n' > san
            "$2" req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=Test-CA -keyout ca.key -out ca.pem
            "$2" req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout server.key -out server.csr
            "$2" x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile san -out server.pem
            """
        try TestProcess.run(["/bin/sh", "-c", script, "sh", folder, openssl], log: folder + "/openssl.log")
        return folder + "/ca.pem"
    }
}
