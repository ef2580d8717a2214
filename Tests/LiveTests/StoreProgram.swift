import Glibc
import Postgres
import Testing
import TestSupport

/// The built program, storing the events of the test PBX into a warehouse until it is stopped or killed.
struct StoreProgram: ~Copyable {
    /// The folder of its spool and its messages.
    let folder: String
    private let variables: [String]

    /// Whether the program is built beside the tests.
    static let isBuilt = access(path, X_OK) == 0

    static let path: String = {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        let tests = String(decoding: buffer[..<max(0, count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return String(tests[..<(tests.lastIndex(of: "/") ?? tests.startIndex)]) + "/crm-voip"
    }()

    /// The program for a warehouse; it does not run yet.
    init(_ address: Address, user: String) throws {
        let pbx = try TestAsterisk.shared()
        guard case .socket(let directory, let port, let owner, let database) = address else {
            throw TestProcess.Failure(what: "The test server is on a socket.")
        }
        let folder = try TestProcess.temporaryFolder(named: "crm-voip-store")
        try TestProcess.run(["mkdir", folder + "/data"])
        self.folder = folder
        variables = [
            "CRM_VOIP_DATA=\(folder)/data", "CRM_VOIP_PBX_LIVE_TIMEZONE=UTC", "CRM_VOIP_PBX_LIVE_REGION=DE",
            "CRM_VOIP_WAREHOUSE_URL=postgresql:///\(database)?host=\(directory)&port=\(port)&user=\(owner)",
            "CRM_VOIP_PBX_LIVE_AMI_PORT=\(pbx.port)", "CRM_VOIP_PBX_LIVE_AMI_USERNAME=\(user)",
            "CRM_VOIP_PBX_LIVE_AMI_SECRET=\(pbx.secret)", "CRM_VOIP_PBX_LIVE_AMI_RECONNECT_DELAY=0.1",
        ]
    }

    deinit { try? TestProcess.run(["rm", "-rf", folder]) }

    /// Starts it. It ends by itself if it is not ended.
    func start() throws {
        try shell(
            "env -u CRM_VOIP_TEST_ASTERISK \(variables.map { "'\($0)'" }.joined(separator: " ")) \"$2\" events --store --pbx live --seconds 100"
                + " --config /dev/null >>\"$1/out\" 2>>\"$1/err\" & echo $! >\"$1/pid\""
        )
    }

    /// Ends it as an administrator would, and waits for it.
    func stop() throws {
        try shell("kill -TERM $(cat \"$1/pid\"); while kill -0 $(cat \"$1/pid\") 2>/dev/null; do sleep 0.1; done")
    }

    /// Ends it without any chance to clean up.
    func kill() throws { try shell("kill -KILL $(cat \"$1/pid\")") }

    /// Its messages on stderr.
    var errors: String { TestAsterisk.text(of: folder + "/err") }

    private func shell(_ script: String) throws {
        try TestProcess.run(["/bin/sh", "-c", script, "sh", folder, Self.path])
    }
}
