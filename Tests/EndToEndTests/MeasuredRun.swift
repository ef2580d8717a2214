import Glibc
import Synchronization

/// A run of the program whose memory is watched.
struct MeasuredRun: Sendable {
    /// The exit status; nil if a signal ended it, as happens after two minutes.
    var status: Int32?
    /// The peak memory of the program (VmHWM), in kB. `wait4` would include the memory of the test.
    var peakKB = 0
    /// The beginning of stderr.
    var errors = ""

    /// Runs a line of shell whose last command is the program.
    static func of(_ script: String, _ variables: [String: String]) async -> MeasuredRun {
        var own = [
            "PATH": "\(Program.folder):/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/nonexistent",
            "CRM_VOIP_CONFIG": "/dev/null",
        ]
        own.merge(variables) { $1 }
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return MeasuredRun() }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
        defer { close(ends[0]) }
        let pid = spawn(script, own.map { "\($0)=\($1)" }, errors: ends[1])
        close(ends[1])
        guard pid > 0 else { return MeasuredRun() }
        var run = MeasuredRun()
        var output: [UInt8] = []
        var (status, ended) = (Int32(0), false)
        let deadline = ContinuousClock.now + .seconds(120)
        while !ended {
            run.peakKB = max(run.peakKB, peak(of: pid))
            var buffer = [UInt8](repeating: 0, count: 4096)
            while case let count = read(ends[0], &buffer, buffer.count), count > 0 {
                if output.count < 4096 { output += buffer[..<count] }
            }
            ended = waitpid(pid, &status, WNOHANG) == pid
            if !ended {
                if ContinuousClock.now > deadline { kill(-pid, SIGKILL) }
                try? await Task.sleep(for: .milliseconds(5))
            }
        }
        run.errors = String(decoding: output, as: UTF8.self)
        if status & 0x7F == 0 { run.status = status >> 8 & 0xFF }
        return run
    }

    private static func spawn(_ script: String, _ environment: [String], errors: Int32) -> pid_t {
        var (actions, attributes) = (posix_spawn_file_actions_t(), posix_spawnattr_t())
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
        // A separate process group, so that all of it can be ended.
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        let words: [String] = ["sh", "-c", script]
        let arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        let variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
        defer { for text in arguments + variables { free(text) } }
        var pid: pid_t = 0
        return posix_spawn(&pid, "/bin/sh", &actions, &attributes, arguments, variables) == 0 ? pid : -1
    }

    private static func peak(of pid: pid_t) -> Int {
        guard let file = fopen("/proc/\(pid)/status", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        while fgets(&line, 256, file) != nil {
            let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            if text.hasPrefix("VmHWM:") { return Int(text.filter(\.isNumber)) ?? 0 }
        }
        return 0
    }
}
