import Glibc

/// Starts the programs that tests need, and makes sure that none outlives the test process.
public enum TestProcess {
    /// A program is missing or failed.
    public struct Failure: Error, CustomStringConvertible {
        /// What happened.
        public let description: String

        /// A failure.
        public init(what: String) { description = what }
    }

    /// The path of the first of these programs that is installed.
    public static func find(_ names: [String]) -> String? {
        let path = getenv("PATH").map { String(cString: $0) } ?? ""
        let folders = path.split(separator: ":").map(String.init) + ["/usr/sbin", "/usr/local/sbin", "/sbin"]
        for name in names {
            for folder in folders where access(folder + "/" + name, X_OK) == 0 { return folder + "/" + name }
        }
        return nil
    }

    /// A new folder below TMPDIR or /tmp, short enough for a Unix socket in it. It is removed when the tests end.
    public static func temporaryFolder(named name: String) throws -> String {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array((parent + "/" + name + "-XXXXXX").utf8CString)
        guard let made = mkdtemp(&template) else { throw Failure(what: "no folder below \(parent)") }
        let folder = String(cString: made)
        chmod(folder, 0o755)
        TemporaryFolders.add(folder)
        return folder
    }

    /// The kind of a port.
    public enum PortKind { case stream, datagram }

    /// A free TCP or UDP port on 127.0.0.1.
    public static func freePort(_ kind: PortKind = .stream) throws -> UInt16 {
        let type = kind == .stream ? SOCK_STREAM : SOCK_DGRAM
        let descriptor = Glibc.socket(AF_INET, Int32(type.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 ? getsockname(descriptor, $0, &length) : -1
            }
        }
        guard status == 0 else { throw Failure(what: "no free port") }
        return UInt16(bigEndian: address.sin_port)
    }

    /// Whether a server is listening on a Unix socket.
    public static func canConnect(to path: String) -> Bool {
        let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard path.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else { return false }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
    }

    /// Runs a program to its end.
    ///
    /// - Parameters:
    ///   - arguments: The program, which is searched for in PATH, and its arguments.
    ///   - input: File for its standard input.
    ///   - log: File for its output.
    /// - Throws: `Failure` if it cannot be started or fails.
    public static func run(_ arguments: [String], input: String = "/dev/null", log: String = "/dev/null") throws {
        var status: Int32 = 0
        let pid = try spawn(arguments, input: open(input, O_RDONLY | O_CLOEXEC), log: log)
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        guard status == 0 else { throw Failure(what: "\(arguments[0]) failed (\(status)); see \(log)") }
    }

    /// Starts a server under a keeper, which stops it and removes its folder when the returned descriptor is closed,
    /// either explicitly or because this process ends or crashes.
    public static func startKept(_ arguments: [String], removing folder: String, log: String) throws -> Int32 {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw Failure(what: "no pipe") }
        // If another program of the tests inherited our end, it would keep the server alive.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        // The shell gives its child /dev/null as standard input, so that only the shell reads the pipe. A server that
        // does not end on request, such as Asterisk with active calls, is killed.
        let keeper = """
            folder=$1; shift; "$@" & server=$!; read -r end; kill "$server"
            (sleep 10; kill -9 "$server") & impatience=$!
            wait "$server"; kill "$impatience"; rm -rf "$folder"
            """
        _ = try spawn(["/bin/sh", "-c", keeper, "sh", folder] + arguments, input: ends[0], log: log)
        return ends[1]
    }

    private static func spawn(_ arguments: [String], input: Int32, log: String) throws -> pid_t {
        defer { close(input) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0o644)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A separate process group: an interrupt at the terminal is meant for the tests, and the keeper must outlive
        // them. No signals are blocked: a shell that inherits a blocked SIGCHLD waits forever.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        defer { words.forEach { free($0) } }
        words.append(nil)
        var pid: pid_t = 0
        let status = posix_spawnp(&pid, arguments[0], &actions, &attributes, words, environ)
        guard status == 0 else { throw Failure(what: "\(arguments[0]): " + String(cString: strerror(status))) }
        return pid
    }
}
