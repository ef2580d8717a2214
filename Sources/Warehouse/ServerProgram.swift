import Base
import Glibc
import Subprocess
import SystemPackage

/// One run of a PostgreSQL server program, as the user who owns the server.
struct ServerProgram: Sendable {
    struct Result: Sendable {
        let isSuccess: Bool
        /// Its output on both streams.
        let output: String
    }

    private let program: String
    private let arguments: [String]
    private let user: ServerUser

    init(_ program: String, _ arguments: [String], as user: ServerUser) {
        self.program = program
        self.arguments = arguments
        self.user = user
    }

    /// Runs it to its end, even if the caller is cancelled: half a start or stop is worse than a late one.
    func run(input: String = "") async throws -> Result {
        try await Task { try await runToEnd(input: input) }.value
    }

    /// Becomes another user in a process with one thread. Between fork and exec, glibc's setgroups waits for the
    /// threads of the program that forked; for a thread that was just being started, it waits forever
    /// (`nptl/nptl_setxid.c`).
    private static let setpriv = "/usr/bin/setpriv"

    private func runToEnd(input: String) async throws -> Result {
        var options = PlatformOptions()
        var (executable, arguments) = (program, arguments)
        if user.uid != geteuid(), access(Self.setpriv, X_OK) == 0 {
            executable = Self.setpriv
            arguments =
                ["--reuid=\(user.uid)", "--regid=\(user.gid)", "--groups=\(user.gid)", "--", program] + arguments
        } else if user.uid != geteuid() {
            options.userID = user.uid
            options.groupID = user.gid
            options.supplementaryGroups = [user.gid]
        }
        // Detached from the terminal: Ctrl-C is meant for the command, which then stops the server properly.
        options.createSession = true
        let result = try await Subprocess.run(
            .path(FilePath(executable)),
            arguments: Arguments(arguments),
            // PGDATA, PGPORT, PGOPTIONS… in the user's shell are meant for other servers.
            environment: .custom(["PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"]),
            // The user may not be allowed to enter the current folder.
            workingDirectory: "/",
            platformOptions: options,
            input: .fileDescriptor(
                FileDescriptor(rawValue: try OpenFile.input(Array(input.utf8))),
                closeAfterSpawningProcess: true
            ),
            output: .string(limit: 64 * 1024),
            error: .combinedWithOutput
        )
        return Result(isSuccess: result.terminationStatus.isSuccess, output: result.standardOutput)
    }
}
