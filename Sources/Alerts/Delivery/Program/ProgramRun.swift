import Base
import Glibc
import Subprocess
import Synchronization
import SystemPackage

/// One run of a program of the configuration: no shell, a bare environment, and no process left behind.
public struct ProgramRun: Sendable {
    /// How it ended.
    public enum Ending: Equatable, Sendable {
        /// By itself, with a status.
        case exited(Int32)
        /// It did not start, was killed, or took too long; a few words without a subject.
        case failed(String)
    }

    private let arguments: [String]
    private let environment: [String: String]
    private let input: [UInt8]

    /// A run.
    ///
    /// - Parameters:
    ///   - arguments: the path of the program, and its arguments.
    ///   - environment: variables besides `PATH`, `LC_ALL` and `HOME`.
    ///   - input: what it finds on its standard input.
    public init(_ arguments: [String], environment: [String: String] = [:], input: [UInt8]) {
        (self.arguments, self.environment, self.input) = (arguments, environment, input)
    }

    /// Runs it. When the time is over, or the task is cancelled, the program and everything that it started is killed.
    public func callAsFunction(timeout: Duration) async -> Ending {
        await withTaskGroup(of: Ending?.self) { group in
            group.addTask { await run() }
            group.addTask {
                try? await Task.sleep(for: timeout)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first ?? .failed("was killed, because it took longer than \(timeout.components.seconds) seconds")
        }
    }

    private func run() async -> Ending {
        guard let path = arguments.first else { return .failed("is not configured") }
        let file: FileDescriptor
        do throws(FileError) {
            file = FileDescriptor(rawValue: try OpenFile.input(input))
        } catch {
            return .failed("cannot be given its input (\(error.reason))")
        }
        let leader = Mutex<pid_t?>(nil)
        var options = PlatformOptions()
        // A group of its own, which can be killed as a whole.
        options.createSession = true
        var variables: [Environment.Key: String] = ["PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
        if let home = getenv("HOME") { variables["HOME"] = String(cString: home) }
        for (name, value) in environment { variables[Environment.Key(stringLiteral: name)] = value }
        do {
            return try await withTaskCancellationHandler {
                let result = try await Subprocess.run(
                    .path(FilePath(path)),
                    arguments: Arguments(Array(arguments.dropFirst())),
                    environment: .custom(variables),
                    workingDirectory: "/",
                    platformOptions: options,
                    input: .fileDescriptor(file, closeAfterSpawningProcess: true),
                    output: .currentStandardError,
                    error: .currentStandardError
                ) { execution in
                    leader.withLock { $0 = execution.processIdentifier.value }
                }
                switch result.terminationStatus {
                case .exited(let status): return .exited(status)
                default: return .failed("was killed by a signal")
                }
            } onCancel: {
                leader.withLock { if let pid = $0 { _ = kill(-pid, SIGKILL) } }
            }
        } catch {
            return .failed("cannot be run")
        }
    }
}
