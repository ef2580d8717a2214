import Glibc
public import Postgres

/// A throw-away PostgreSQL for tests: a cluster in a short folder of /tmp, without fsync, on a Unix socket only.
///
/// One server is shared by all suites of a test process. Each test creates its own database, so tests may run in
/// parallel. When the process exits, the server is stopped and its folder removed.
public struct TestPostgres: Sendable {
    /// The server of this process; nil if it cannot be started on this machine, for the reason given by
    /// ``reasonForAbsence``.
    public static let shared: TestPostgres? = try? result.get()

    /// Why there is no server, as the comment of a skipped test.
    public static var reasonForAbsence: String {
        if case .failure(let failure) = result { return failure.description }
        return "There is a server."
    }

    /// The reason why a server cannot run.
    public struct Absence: Error, CustomStringConvertible {
        /// A sentence.
        public let description: String
    }

    /// The socket's folder.
    public let folder: String

    private static let result: Result<TestPostgres, Absence> = {
        do throws(Absence) {
            let server = try TestPostgres()
            atexit { TestPostgres.shared?.stop() }
            return .success(server)
        } catch {
            return .failure(error)
        }
    }()

    /// The address of a database on the server.
    public func address(database: String = "postgres") -> Address {
        .socket(directory: folder, port: 5432, user: "tester", database: database)
    }

    /// Creates an empty database, connects to it, and drops it at the end.
    ///
    /// - Returns: What `body` returns.
    /// - Throws: Any error of `body`, or `PostgresError`.
    public func withDatabase<Result>(_ body: (borrowing Connection) async throws -> Result) async throws -> Result {
        try await withDatabaseAddress { address in try await body(Connection(address)) }
    }

    /// Creates an empty database, passes on its address, and drops it at the end.
    ///
    /// - Returns: What `body` returns.
    /// - Throws: Any error of `body`, or `PostgresError`.
    public func withDatabaseAddress<Result>(_ body: (Address) async throws -> Result) async throws -> Result {
        let name = "test_\(UInt64.random(in: 0...UInt64.max))"
        let administrator = try Connection(address())
        try administrator.execute("CREATE DATABASE \(name)")
        defer { _ = try? administrator.execute("DROP DATABASE \(name) WITH (FORCE)") }
        return try await body(address(database: name))
    }

    private init() throws(Absence) {
        guard let bin = Self.newestServer else { throw Absence(description: "No PostgreSQL server is installed.") }
        folder = try Self.newFolder()
        let settings =
            "-F -c listen_addresses= -c unix_socket_directories=\(folder) -c wal_level=minimal "
            + "-c max_wal_senders=0 -c max_wal_size=2GB -c synchronous_commit=off"
        let cluster = "\(folder)/data"
        let commands = [
            ["\(bin)/initdb", "-D", cluster, "-U", "tester", "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "-N"],
            ["\(bin)/pg_ctl", "start", "-D", cluster, "-o", settings, "-l", "\(folder)/log", "-w", "-s"],
        ]
        for command in commands where !Self.run(command) {
            throw Absence(description: "\(command[0]) failed; see \(folder).")
        }
    }

    /// A short folder of /tmp that the server may use.
    static func newFolder() throws(Absence) -> String {
        var template = Array("/tmp/pg.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Absence(description: "No folder can be made in /tmp.") }
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        if geteuid() == 0 {
            guard let user = getpwnam("postgres") else { throw Absence(description: "There is no user postgres.") }
            chown(folder, user.pointee.pw_uid, user.pointee.pw_gid)
        }
        return folder
    }

    /// Stops the server by its process id and removes the folder.
    private func stop() {
        guard let bin = Self.newestServer else { return }
        _ = Self.run(["\(bin)/pg_ctl", "stop", "-D", "\(folder)/data", "-m", "immediate", "-w", "-s"])
        _ = Self.run(["/bin/rm", "-rf", folder])
    }

    static var newestServer: String? {
        (13...30).reversed().map { "/usr/lib/postgresql/\($0)/bin" }.first { access("\($0)/pg_ctl", X_OK) == 0 }
    }

    /// Runs a program to its end; as the user postgres if the tests run as root. Its output is discarded.
    static func run(_ command: [String]) -> Bool {
        // The user may not be allowed to enter the current folder.
        let outside = ["/usr/bin/env", "-C", "/"]
        let asUser = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
        let words = outside + (geteuid() == 0 ? asUser : []) + command
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        let arguments = words.map { strdup($0) } + [nil]
        let variables = [strdup("PATH=/usr/bin:/bin"), strdup("LC_ALL=C"), nil]
        defer { (arguments + variables).forEach { free($0) } }
        var pid: pid_t = 0
        guard posix_spawn(&pid, words[0], &actions, nil, arguments, variables) == 0 else { return false }
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
        return status == 0
    }
}
