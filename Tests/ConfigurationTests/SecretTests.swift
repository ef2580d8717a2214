import Base
import Glibc
import Testing

@testable import Configuration

@Suite struct SecretTests {
    private let byFile = "[pbx.main.ami]\nusername = 'crm'\nsecret_file = "

    @Test func `A secret is the first line of its file`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("s3cret\r\nanother line\n", to: "secret")
        #expect(try folder.settings(byFile + "'\(file)'").ami().secret == "s3cret")
    }

    @Test(arguments: [0o604, 0o644, 0o666, 0o602] as [mode_t])
    func `A secret's file that others can access is refused`(mode: mode_t) throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("s3cret\n", to: "secret", mode: mode)
        let settings = try folder.settings(byFile + "'\(file)'")
        let error = #expect(throws: ConfigurationError.self) { try settings.ami() }
        #expect(error?.code == .exposedSecret)
        #expect(error.map { "\($0)".contains("s3cret") } == false)
        #expect(settings.inconsistencies() == [error].compactMap { $0 })
    }

    @Test func `The group may read only a file that belongs to root`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("s3cret\n", to: "secret", mode: 0o640)
        let settings = try folder.settings(byFile + "'\(file)'")
        if getuid() == 0 {
            #expect(try settings.ami().secret == "s3cret")
            try #require(chown(file, 1, 1) == 0)
        }
        #expect(throws: ConfigurationError.self) { try settings.ami() }
    }

    @Test func `An empty or missing secret file is an error`() throws {
        let folder = try TemporaryFolder()
        let empty = try folder.write("\n", to: "secret")
        #expect(throws: ConfigurationError.self) { try folder.settings(byFile + "'\(empty)'").ami() }
        #expect(throws: ConfigurationError.self) { try folder.settings(byFile + "'/nowhere/secret'").ami() }
    }

    @Test func `The stronger layer's secret wins, whether or not it is in a file`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("from the file\n", to: "secret")
        let toml = byFile + "'\(file)'\n"
        #expect(
            try folder.settings(toml, environment: ["CRM_VOIP_PBX_MAIN_AMI_SECRET": "from the environment"]).ami()
                .secret
                == "from the environment"
        )
        #expect(
            try folder.settings(
                "[pbx.main.ami]\nsecret = 'in the configuration'",
                environment: ["CRM_VOIP_PBX_MAIN_AMI_SECRET_FILE": file]
            ).ami().secret == "from the file"
        )
    }

    @Test(
        arguments: [
            "[pbx.main.ami]\nsecret = 's3cret'", "[pbx.main.cdr_database]\npassword = 's3cret'",
            "[warehouse]\nurl = 'postgresql://u:s3cret@h/d'", "[contacts]\nurl = 'mysql://u:s3cret@h/d'",
        ]
    )
    func `A configuration with a secret must not be readable by others`(toml: String) throws {
        let folder = try TemporaryFolder()
        #expect(try Settings.read(named: folder.write(toml, to: "f.toml"), environment: [:]).problems.isEmpty)
        let open = try folder.write(toml, to: "f.toml", mode: 0o644)
        let error = #expect(throws: ConfigurationError.self) { try Settings.load(named: open, environment: [:]) }
        #expect(error?.code == .exposedSecret)
        #expect(error.map { "\($0)".contains("s3cret") } == false)
    }

    @Test func `A configuration without secrets may be read by all`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("[warehouse]\nurl = 'postgresql://u@h/d'", to: "f.toml", mode: 0o644)
        #expect(try Settings.load(named: file, environment: [:]).warehouse.server == .url("postgresql://u@h/d"))
    }

    @Test func `No secret is shown`() throws {
        let settings = try TemporaryFolder().settings(
            """
            [pbx.main.ami]
            secret = "s3cret"
            [pbx.main.cdr_database]
            password = "s3cret"
            [warehouse]
            url = "postgresql://u:s3cret@h/d"
            [contacts]
            password = "s3cret"
            url = "postgresql://h/d?password=s3cret"
            """
        )
        let shown = settings.all.map(\.shown)
        #expect(shown.filter { $0.contains("********") }.count == 5)
        #expect(!shown.contains { $0.contains("s3cret") })
    }

    @Test(arguments: [0o666, 0o622, 0o660, 0o602, 0o620] as [mode_t])
    func `A configuration that others can change is refused, with or without secrets`(mode: mode_t) throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("[warehouse]\nurl = 'postgresql://u@h/d'", to: "f.toml", mode: mode)
        let error = #expect(throws: ConfigurationError.self) { try Settings.load(named: file, environment: [:]) }
        #expect(error?.code == .notTrusted)
        #expect(error?.category == .configuration)
        #expect(error?.description.contains("0" + String(mode, radix: 8)) == true)
    }

    @Test(.enabled(if: getuid() == 0)) func `Root does not trust the configuration of another user`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("[warehouse]\nurl = 'postgresql://u@h/d'", to: "f.toml", mode: 0o600)
        try #require(chown(file, 65_534, 65_534) == 0)
        let error = #expect(throws: ConfigurationError.self) { try Settings.load(named: file, environment: [:]) }
        #expect(error?.code == .notTrusted)
    }
}
