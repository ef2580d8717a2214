import Glibc
import TestSupport

/// The built program `delivery-drill`, which delivers messages until it is killed.
struct DrillProgram: ~Copyable {
    static let path: String = {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        let tests = String(decoding: buffer[..<max(0, count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return String(tests[..<(tests.lastIndex(of: "/") ?? tests.startIndex)]) + "/delivery-drill"
    }()

    private let pid: pid_t

    /// Starts a program with its output in a file.
    init(_ arguments: [String], output: String) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        defer { words.forEach { free($0) } }
        words.append(nil)
        var pid: pid_t = 0
        guard posix_spawnp(&pid, arguments[0], &actions, nil, words, environ) == 0 else {
            throw TestProcess.Failure(what: "\(arguments[0]) does not start")
        }
        self.pid = pid
    }

    consuming func kill() { Glibc.kill(pid, SIGKILL); _ = wait() }

    /// The exit status, or 128 and the signal.
    consuming func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        return status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + status & 0x7f
    }
}
