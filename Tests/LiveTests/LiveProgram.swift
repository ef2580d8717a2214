import FoundationEssentials
import Glibc
import TestSupport

/// The built program, connected to the test PBX, in its own folder.
final class LiveProgram {
    struct Result {
        var status: Int32
        var output: String
        var errors: String

        /// The object on stdout; empty if there is none.
        var json: [String: String] { (try? LiveProgram.object(output)) ?? [:] }
    }

    /// The folder of its audit log and other output.
    let folder: String
    private let variables: [String: String]

    /// The program as a user of the PBX, with additional settings.
    init(user: String = "full", _ settings: [String: String] = [:]) throws {
        let pbx = try TestAsterisk.shared()
        folder = try TestProcess.temporaryFolder(named: "crm-voip-orders")
        let table = "CRM_VOIP_PBX_MAIN_"
        let own = [
            "CRM_VOIP_DATA": folder, "CRM_VOIP_CONFIG": "/dev/null", table + "REGION": "DE",
            table + "AMI_PORT": "\(pbx.port)", table + "AMI_USERNAME": user, table + "AMI_SECRET": pbx.secret,
            table + "DIAL_GUARD_AUDIT_LOG": folder + "/audit.log", table + "DIAL_GUARD_AUDIT_NUMBERS": "true",
            // The calls of other tests are active as well.
            table + "DIAL_GUARD_AT_ONCE": "0", table + "DIAL_GUARD_PER_MINUTE": "0",
        ]
        variables = own.merging(settings) { $1 }
    }

    deinit { try? TestProcess.run(["rm", "-rf", folder]) }

    /// Runs the program to its end.
    func run(_ arguments: String...) throws -> Result { try shell("crm-voip \"$@\"", arguments) }

    /// Runs lines of shell in which `crm-voip` is the program and `$F` its folder.
    func shell(_ script: String, _ arguments: [String] = []) throws -> Result {
        let name = "run-\(UInt32.random(in: 0...(.max)))"
        let files = ["out", "err", "status"].map { "\(folder)/\(name).\($0)" }
        let path = StoreProgram.path
        let bin = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
        let settings = variables.map { "\($0)=\($1)" } + ["PATH=\(bin):/usr/sbin:/usr/bin:/sbin:/bin", "F=\(folder)"]
        let whole = "{ \(script)\n} >'\(files[0])' 2>'\(files[1])'; echo $? >'\(files[2])'"
        try TestProcess.run(
            ["env", "-u", "CRM_VOIP_TEST_ASTERISK"] + settings + ["/bin/sh", "-c", whole, "sh"] + arguments
        )
        let status = TestAsterisk.text(of: files[2]).split(separator: "\n").first.flatMap { Int32($0) } ?? -1
        return Result(
            status: status,
            output: TestAsterisk.text(of: files[0]),
            errors: TestAsterisk.text(of: files[1])
        )
    }

    /// The lines of the audit log that concern a command, as members and values.
    func audit(_ command: String) throws -> [[String: String]] {
        try TestAsterisk.text(of: folder + "/audit.log").split(separator: "\n").map { try Self.object(String($0)) }
            .filter { $0["command"] == command }
    }

    /// The members of an object that are texts.
    static func object(_ text: String) throws -> [String: String] {
        try JSONDecoder().decode([String: TextOrOther].self, from: Data(text.utf8)).compactMapValues(\.text)
    }

    private struct TextOrOther: Decodable {
        let text: String?

        init(from decoder: any Decoder) throws {
            text = try? decoder.singleValueContainer().decode(String.self)
        }
    }
}
