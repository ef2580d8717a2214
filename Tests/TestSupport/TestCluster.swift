import Glibc
public import Postgres

/// A throw-away Citus cluster for tests: a coordinator and two workers on this machine, without fsync.
///
/// It is there where the installed PostgreSQL has the extension citus, or where `CRM_VOIP_TEST_CITUS` names the folder of
/// programs of one that has it. It is made when it is first asked for, and removed when the process exits.
public struct TestCluster: Sendable {
    /// The cluster of this process; nil where the machine cannot give one. ``reasonForAbsence`` says why.
    public static let shared: TestCluster? = try? result.get()

    /// Why there is no cluster, as the comment of a test that is skipped.
    public static var reasonForAbsence: String {
        if case .failure(let failure) = result { return failure.description }
        return "There is a cluster."
    }

    private static let result: Result<TestCluster, TestPostgres.Absence> = {
        do throws(TestPostgres.Absence) {
            let cluster = try TestCluster()
            atexit { TestCluster.shared?.stop() }
            return .success(cluster)
        } catch {
            return .failure(error)
        }
    }()

    private let bin: String
    private let folder: String
    private let ports: [Int]

    /// Where an empty database of the coordinator is, with the extension and both workers.
    ///
    /// - Throws: `PostgresError`.
    public func newDatabase() throws -> Address {
        let name = "test_\(UInt64.random(in: 0...UInt64.max))"
        for port in ports {
            try Connection(address("postgres", port)).execute("create database \(name)")
            try Connection(address(name, port)).execute("create extension citus")
        }
        let coordinator = try Connection(address(name, ports[0]))
        try coordinator.execute("select citus_set_coordinator_host('localhost', \(ports[0]))")
        for port in ports.dropFirst() { try coordinator.execute("select citus_add_node('localhost', \(port))") }
        return address(name, ports[0])
    }

    private func address(_ database: String, _ port: Int) -> Address {
        .socket(directory: folder, port: port, user: "tester", database: database)
    }

    private init() throws(TestPostgres.Absence) {
        guard let bin = Self.programs else {
            throw TestPostgres.Absence(description: "The installed PostgreSQL has no extension citus.")
        }
        self.bin = bin
        folder = try TestPostgres.newFolder()
        ports = [Self.freePort, Self.freePort, Self.freePort].compactMap(\.self)
        guard Set(ports).count == 3 else { throw TestPostgres.Absence(description: "There are no free ports.") }
        let settings =
            "-F -c listen_addresses=localhost -c unix_socket_directories=\(folder) -c shared_preload_libraries=citus "
            + "-c citus.node_conninfo=sslmode=prefer -c citus.shard_count=4 -c max_prepared_transactions=100 -c wal_level=logical"
        for port in ports {
            let data = "\(folder)/\(port)"
            let commands = [
                ["\(bin)/initdb", "-D", data, "-U", "tester", "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "-N"],
                [
                    "\(bin)/pg_ctl", "start", "-D", data, "-o", "\(settings) -p \(port)", "-l", "\(data).log", "-w",
                    "-s",
                ],
            ]
            for command in commands where !TestPostgres.run(command) {
                throw TestPostgres.Absence(description: "\(command[0]) failed; see \(folder).")
            }
        }
    }

    private func stop() {
        for port in ports {
            _ = TestPostgres.run(["\(bin)/pg_ctl", "stop", "-D", "\(folder)/\(port)", "-m", "immediate", "-w", "-s"])
        }
        _ = TestPostgres.run(["/bin/rm", "-rf", folder])
    }

    /// The programs of a PostgreSQL that has the extension.
    private static var programs: String? {
        if let named = getenv("CRM_VOIP_TEST_CITUS") { return String(cString: named) }
        guard let server = TestPostgres.shared, let bin = TestPostgres.newestServer else { return nil }
        let count = try? Connection(server.address())
            .query("select count(*) from pg_available_extensions where name = 'citus'")
            .first { row throws(PostgresError) in try row.int64(0) }
        return count == 1 ? bin : nil
    }

    /// A port of this machine that nobody listens at.
    private static var freePort: Int? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafeMutablePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                guard bind(descriptor, address, size) == 0, getsockname(descriptor, address, &size) == 0 else {
                    return nil
                }
                return Int(UInt16(bigEndian: pointer.pointee.sin_port))
            }
        }
    }
}
