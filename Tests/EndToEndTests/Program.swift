import Glibc
import Subprocess
import Testing

/// The built program, run as a user would.
enum Program {
    struct Result {
        /// The exit status; nil if a signal ended it.
        var status: Int32?
        var output: String
        var errors: String
    }

    /// The root of the repository.
    static let root: String = {
        var path = #filePath[...]
        for _ in 0..<3 { path = path[..<(path.lastIndex(of: "/") ?? path.startIndex)] }
        return String(path)
    }()

    /// The folder of the built products: the program is beside the tests.
    static let folder: String = {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        let path = String(decoding: buffer[..<max(0, count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    }()

    /// Whether the tests are run from the place where the program is built.
    static let isBuilt = access("\(folder)/crm-voip", X_OK) == 0

    /// Runs the program independently of this machine's configuration.
    static func run(
        _ arguments: String...,
        environment: [String: String] = [:]
    ) async throws -> Result {
        try await shell("exec crm-voip \"$@\"", arguments, environment: environment)
    }

    /// Runs a line of shell in which `crm-voip` is the program.
    static func shell(
        _ script: String,
        _ arguments: [String] = [],
        environment: [String: String] = [:]
    ) async throws -> Result {
        let own = [
            "PATH": "\(folder):/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/nonexistent", "CRM_VOIP_CONFIG": "/dev/null",
        ]
        let variables = own.merging(environment) { $1 }.map { (Environment.Key(stringLiteral: $0), $1) }
        let result = try await Subprocess.run(
            .name("sh"),
            arguments: Arguments(["-c", script, "sh"] + arguments),
            environment: .custom(Dictionary(uniqueKeysWithValues: variables)),
            output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20)
        )
        var status: Int32?
        if case .exited(let code) = result.terminationStatus { status = code }
        return Result(status: status, output: result.standardOutput, errors: result.standardError)
    }
}
