import Glibc
import Postgres
import Testing

@testable import Warehouse

private let isPossible =
    (13...30).contains { access("/usr/lib/postgresql/\($0)/bin/initdb", X_OK) == 0 }
    && (geteuid() != 0 || getpwnam("postgres") != nil)

/// The real thing: initdb, start and stop, in a folder in /tmp that PostgreSQL's user can reach.
@Suite(.enabled(if: isPossible, "No PostgreSQL server is installed."), .timeLimit(.minutes(10)))
struct EmbeddedServerTests {
    private func withFolder(_ body: (DataFolder) async throws -> Void) async throws {
        let folder = DataFolder("/tmp/crm-voip-test-\(UInt64.random(in: 0...UInt64.max))")
        defer { FileSystem.removeFolder(folder.path) }
        do {
            try await body(folder)
        } catch {
            _ = try? await Warehouse.stop(folder)
            throw error
        }
        _ = try await Warehouse.stop(folder)
    }

    /// The server's process, if it is running.
    private func postmaster(_ folder: DataFolder) throws -> pid_t? {
        try EmbeddedServer(folder).postmaster
    }

    @Test func theClusterIsMadeOnceAndTheServerStoppedAfterUse() async throws {
        try await withFolder { folder in
            try await Warehouse.with(.embedded(folder)) { warehouse throws in
                try warehouse.connection.execute("CREATE TABLE t AS SELECT 42 AS n")
                let rows = try warehouse.connection.query(
                    """
                    SELECT current_setting('listen_addresses'), current_setting('data_checksums'),
                        current_setting('server_encoding'), current_setting('wal_level'), current_database()
                    """
                )
                try rows.forEach { row throws(PostgresError) in
                    #expect(try row.text(0) == "")
                    #expect(try row.text(1) == "on")
                    #expect(try row.text(2) == "UTF8")
                    #expect(try row.text(3) == "minimal")
                    #expect(try row.text(4) == "crm_voip")
                }
                #expect(try postmaster(folder) != nil)
            }
            #expect(try postmaster(folder) == nil)
            // Nobody but the server's user may reach the data or the socket.
            for path in [folder.path, folder.cluster, folder.socketFolder] {
                let attributes = try #require(FileSystem.attributes(path))
                #expect(attributes.permissions & 0o077 == 0)
                #expect(attributes.owner != 0)
            }
            try await Warehouse.with(.embedded(folder)) { warehouse throws in
                #expect(try warehouse.connection.query("SELECT n FROM t").count == 1)
                let status = try warehouse.status(migrator: Migrator(files: []), runs: 5)
                #expect(status.kind == "embedded")
                #expect(status.dataFolder == folder.path)
                #expect(status.tables == [])
            }
        }
    }

    /// `CRM_VOIP_DATA=$(mktemp -d)`, as root.
    @Test func anEmptyFolderThatRootHasMadeIsTaken() async throws {
        try await withFolder { folder in
            #expect(mkdir(folder.path, 0o700) == 0)
            try await Warehouse.with(.embedded(folder)) { warehouse throws in
                #expect(try warehouse.connection.query("SELECT 1").count == 1)
            }
        }
    }

    /// `originate`, `events --store` or `health --cache` was run before the first load.
    @Test func filesOfOtherCommandsAreNoReasonToRefuseTheirFolder() async throws {
        try await withFolder { folder in
            #expect(mkdir(folder.path, 0o700) == 0)
            let files = ["originate.log", "originate.log.count", "queue-events-main.new", "health-main-0"]
                .map { "\(folder.path)/\($0)" }
            for file in files { close(open(file, O_CREAT | O_WRONLY, 0o600)) }
            try await Warehouse.with(.embedded(folder)) { warehouse throws in
                #expect(try warehouse.connection.query("SELECT 1").count == 1)
            }
            let owner = FileSystem.attributes(folder.path)?.owner
            for file in files { #expect(FileSystem.attributes(file)?.owner == owner, "\(file)") }
        }
    }

    @Test(.enabled(if: geteuid() == 0, "only root runs the server as somebody else"))
    func aFolderOfRootsWithOtherThingsInItIsRefused() async throws {
        try await withFolder { folder in
            #expect(mkdir(folder.path, 0o755) == 0)
            #expect(mkdir("\(folder.path)/something", 0o755) == 0)
            let error = await #expect(throws: WarehouseError.self) {
                try await Warehouse.with(.embedded(folder)) { _ in }
            }
            #expect(error?.code == .folder)
            #expect(FileSystem.attributes(folder.path)?.owner == 0)
            FileSystem.removeFolder("\(folder.path)/something")
        }
    }

    @Test func aKeptServerStaysAndCanBeStopped() async throws {
        try await withFolder { folder in
            try await Warehouse.with(.embedded(folder), keep: true) { _ in }
            let kept = try #require(try postmaster(folder))
            try await Warehouse.with(.embedded(folder), keep: true) { _ throws in
                #expect(try postmaster(folder) == kept)
                let error = await #expect(throws: WarehouseError.self) { try await Warehouse.stop(folder) }
                #expect(error?.code == .inUse)
            }
            #expect(try await Warehouse.stop(folder))
            #expect(try await !Warehouse.stop(folder))
            #expect(try postmaster(folder) == nil)
        }
    }

    @Test func aKilledServerIsStartedAgain() async throws {
        try await withFolder { folder in
            try await Warehouse.with(.embedded(folder), keep: true) { warehouse throws in
                try warehouse.connection.execute("CREATE TABLE t AS SELECT 42 AS n")
            }
            let killed = try #require(try postmaster(folder))
            kill(killed, SIGKILL)
            try await Warehouse.with(.embedded(folder)) { warehouse throws in
                #expect(try warehouse.connection.query("SELECT n FROM t").count == 1)
                #expect(try postmaster(folder) != killed)
            }
        }
    }

    @Test func aProcessThatGotTheServersNumberIsNotTheServer() async throws {
        try await withFolder { folder in
            try await Warehouse.with(.embedded(folder)) { _ in }
            // This test's own process id: a running process, but not PostgreSQL.
            let server = try EmbeddedServer(folder)
            try FileSystem.write(
                "\(getpid())\n\(folder.cluster)\n1\n5432\n\(folder.socketFolder)\n\n  1 1\nready\n",
                to: "\(folder.cluster)/postmaster.pid",
                owner: server.user
            )
            try await Warehouse.with(.embedded(folder)) { warehouse throws in
                #expect(try warehouse.connection.query("SELECT 1").count == 1)
            }
        }
    }

    @Test func commandsAtOnceShareOneServerAndTheLastStopsIt() async throws {
        try await withFolder { folder in
            let servers = try await withThrowingTaskGroup(of: pid_t?.self) { group in
                for order in 0..<4 {
                    group.addTask {
                        try await Warehouse.with(.embedded(folder)) { warehouse throws in
                            try await Task.sleep(for: .milliseconds(100 * order))
                            #expect(try warehouse.connection.query("SELECT 1").count == 1)
                            return try EmbeddedServer(folder).postmaster
                        }
                    }
                }
                return try await group.reduce(into: [pid_t?]()) { $0.append($1) }
            }
            #expect(servers.allSatisfy { $0 != nil })
            #expect(try postmaster(folder) == nil)
        }
    }

    @Test func aCancelledCommandStopsTheServerToo() async throws {
        try await withFolder { folder in
            let command = Task {
                try await Warehouse.with(.embedded(folder)) { _ in try await Task.sleep(for: .seconds(600)) }
            }
            while try postmaster(folder) == nil { try await Task.sleep(for: .milliseconds(50)) }
            command.cancel()
            await #expect(throws: CancellationError.self) { try await command.value }
            #expect(try postmaster(folder) == nil)
        }
    }

    @Test func aServerThatIsStillStartingIsWaitedFor() async throws {
        try await withFolder { folder in
            try await Warehouse.with(.embedded(folder), keep: true) { _ in }
            let slow = try #require(try postmaster(folder))
            // A stopped process is alive but does not answer, like one in recovery.
            kill(slow, SIGSTOP)
            let resumption = Task.detached {
                try await Task.sleep(for: .milliseconds(300))
                kill(slow, SIGCONT)
            }
            try await Warehouse.with(.embedded(folder)) { _ throws in
                #expect(try postmaster(folder) == slow)
            }
            try await resumption.value
        }
    }

    @Test func anInterruptedInitialisationIsRepaired() async throws {
        try await withFolder { folder in
            let server = try EmbeddedServer(folder)
            let unfinished = "\(folder.path)/\(DataFolder.unfinishedPrefix)1"
            for path in [unfinished, "\(unfinished)/base"] {
                try FileSystem.makeFolder(path, permissions: 0o700, owner: server.user)
            }
            try FileSystem.write("15\n", to: "\(unfinished)/PG_VERSION", owner: server.user)
            try await Warehouse.with(.embedded(folder)) { _ in }
            #expect(!FileSystem.exists(unfinished))
        }
    }

    @Test func dataOfAnotherVersionAreRefusedWithWhatToDo() async throws {
        try await withFolder { folder in
            let server = try EmbeddedServer(folder)
            try FileSystem.makeFolder(folder.cluster, permissions: 0o700, owner: server.user)
            try FileSystem.write("9\n", to: "\(folder.cluster)/PG_VERSION", owner: server.user)
            let error = await #expect(throws: WarehouseError.self) {
                try await Warehouse.with(.embedded(folder)) { _ in }
            }
            #expect(error?.code == .version)
            #expect(error?.description.contains("Install postgresql-9") == true)
            unlink("\(folder.cluster)/PG_VERSION")
        }
    }

    @Test func aFolderOfSomethingElseIsLeftAlone() async throws {
        try await withFolder { folder in
            let server = try EmbeddedServer(folder)
            try FileSystem.makeFolder(folder.cluster, permissions: 0o700, owner: server.user)
            try FileSystem.write("mine\n", to: "\(folder.cluster)/letter", owner: server.user)
            let error = await #expect(throws: WarehouseError.self) {
                try await Warehouse.with(.embedded(folder)) { _ in }
            }
            #expect(error?.code == .folder)
            #expect(FileSystem.read("\(folder.cluster)/letter") == "mine\n")
        }
    }

    @Test func aLongPathGetsASocketInAShortFolder() async throws {
        try await withFolder { parent in
            let folder = DataFolder("\(parent.path)/\(String(repeating: "long", count: 30))")
            // Through a folder that the server's user can traverse, as the parents of a data folder must allow.
            try FileSystem.makeFolder(parent.path, permissions: 0o755, owner: .current)
            #expect(folder.socketFolder.hasPrefix("/tmp/crm-voip-"))
            defer { FileSystem.removeFolder(folder.socketFolder) }
            try await Warehouse.with(.embedded(folder)) { warehouse throws in
                #expect(try warehouse.connection.query("SELECT 1").count == 1)
            }
        }
    }

    @Test func `crm-voip works as a role that is not a superuser and cannot read files`() async throws {
        try await withFolder { folder in
            try await Warehouse.with(.embedded(folder)) { warehouse throws in
                try Migrator().migrate(warehouse.connection)
                let session = try warehouse.connection.query(
                    """
                    select concat_ws(' ', current_user, rolsuper, pg_has_role('voip_reader', 'member'),
                                     has_table_privilege('voip_reader', 'voip.calls', 'select'),
                                     has_function_privilege('voip_reader', 'pg_advisory_lock(bigint)', 'execute'))
                    from pg_roles where rolname = current_user
                    """
                ).map { row throws(PostgresError) in try row.text(0) }
                #expect(session == ["voip_owner f t t f"])
                for statement in ["select pg_read_file('/etc/passwd')", "copy (select 1) to program 'true'"] {
                    let error = #expect(throws: PostgresError.self) { _ = try warehouse.connection.query(statement) }
                    #expect(error?.sqlState == "42501")
                }
            }
        }
    }

    /// Version 1.0.0 worked as the cluster's superuser, who owns everything there.
    @Test func `a warehouse of the superuser's is taken over`() async throws {
        try await withFolder { folder in
            try await Warehouse.with(.embedded(folder)) { warehouse throws in
                try Migrator().migrate(warehouse.connection)
                let superuser = try Connection(EmbeddedServer(folder).superuserAddress)
                try superuser.execute("insert into voip.pbx (name) values ('main')")
                try superuser.transaction { superuser in
                    try superuser.execute(
                        """
                        reassign owned by voip_owner to crm_voip;
                        drop owned by voip_owner;
                        drop owned by voip_reader;
                        drop owned by voip_loader;
                        drop role voip_owner, voip_reader, voip_loader
                        """
                    )
                }
            }
            try await Warehouse.with(.embedded(folder)) { warehouse throws in
                try Migrator().migrate(warehouse.connection)
                let others = try warehouse.connection.query(
                    """
                    select relname::text from pg_class
                    where relnamespace = 'voip'::regnamespace and pg_get_userbyid(relowner) <> 'voip_owner'
                    union all
                    select proname::text from pg_proc
                    where pronamespace = 'voip'::regnamespace and pg_get_userbyid(proowner) <> 'voip_owner'
                    """
                ).map { row throws(PostgresError) in try row.text(0) }
                #expect(others == [])
                #expect(try warehouse.connection.query("select 1 from voip.pbx").count == 1)
                try warehouse.connection.execute("insert into voip.pbx (name) values ('branch')")
                let readable = try warehouse.connection.query(
                    "select has_table_privilege('voip_reader', 'voip.calls', 'select')"
                )
                .first { row throws(PostgresError) in try row.bool(0) }
                #expect(readable == true)
            }
        }
    }
}
