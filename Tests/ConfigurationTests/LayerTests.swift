import Base
import Testing

@testable import Configuration

@Suite struct LayerTests {
    @Test func `Nothing set: the defaults`() throws {
        let settings = try TemporaryFolder().settings("")
        #expect(settings.etl.days == 7 && settings.etl.batchRows == 7_500)
        #expect(settings.etl.every == nil && settings.etl.rejects == nil)
        #expect(settings.reports.standard == ReportSettings.Queue(serviceLevel: 20, shortAbandon: 5, wrapUp: 0))
        #expect(settings.reports.serviceLevelVariant == .offered)
        #expect(settings.warehouse.server == .embedded)
        #expect(try settings.pbxName() == "main")
        #expect(try settings.ami().port == 5038)
        #expect(try settings.ami().connectTimeout == 5 && settings.ami().eventBuffer == 20_000)
        let dialGuard = try settings.dialGuard()
        #expect([dialGuard.perMinute, dialGuard.perDay, dialGuard.atOnce] == [30, 2000, 10])
        #expect(dialGuard.auditLog == settings.places.dataDirectory + "/originate.log")
    }

    @Test func `Nothing set: every struct has its own defaults`() throws {
        let settings = try TemporaryFolder().settings("")
        #expect(try settings.pbx() == PBXSettings(name: "main"))
        #expect(try settings.database() == DatabaseSettings())
        #expect(try settings.ami() == AMISettings())
        #expect(settings.warehouse == WarehouseSettings(usualDirectory: settings.places.dataDirectory))
        #expect(try settings.dialGuard() == DialGuardSettings(dataDirectory: settings.places.dataDirectory))
        #expect(try settings.contacts() == ContactsSettings())
        #expect(settings.reports == ReportSettings())
        #expect(settings.reports.queue("support") == ReportSettings.Queue())
        #expect(settings.etl == ETLSettings())
        #expect(settings.serve == ServeSettings(dataDirectory: settings.places.dataDirectory))
        #expect(settings.health.count == HealthMeasure.all.count)
        for measure in HealthMeasure.all { #expect(settings.health[measure.name] == measure.standard) }
    }

    @Test(arguments: [(false, 5038), (true, 5039)])
    func `With TLS the default port of the manager interface is Asterisk's for TLS`(tls: Bool, port: Int) throws {
        #expect(try TemporaryFolder().settings("[pbx.main.ami]\ntls = \(tls)").ami().port == port)
        #expect(try TemporaryFolder().settings("[pbx.main.ami]\ntls = \(tls)\nport = 5040").ami().port == 5040)
    }

    @Test func `Flags win over the environment, which wins over the file`() throws {
        let folder = try TemporaryFolder()
        var settings = try folder.settings("[etl]\ndays = 1\nbatch_rows = 1000\nevery = 60\n")
        #expect(settings.etl.days == 1)
        settings = try folder.settings(
            "[etl]\ndays = 1\nbatch_rows = 1000\nevery = 60\n",
            environment: ["CRM_VOIP_ETL_DAYS": "2", "CRM_VOIP_ETL_BATCH_ROWS": "2000"]
        )
        try settings.set("etl", "days", to: "3", flag: "--days")
        #expect(settings.etl.days == 3 && settings.etl.every == 60 && settings.etl.batchRows == 2000)
        let origins = Dictionary(uniqueKeysWithValues: settings.all.map { ($0.key, $0.origin) })
        #expect(origins["etl.days"] == .flag(name: "--days"))
        #expect(origins["etl.batch_rows"] == .environment(variable: "CRM_VOIP_ETL_BATCH_ROWS"))
        #expect(origins["etl.every"] == .file(path: "\(folder.path)/crm-voip.toml", line: 4, column: 1))
        #expect(origins["reports.wrapup"] == .builtIn)
    }

    @Test func `The file is that of the flag, else of the variable, else of the home folder`() throws {
        let folder = try TemporaryFolder()
        let flag = try folder.write("[etl]\ndays = 1", to: "flag.toml")
        let variable = try folder.write("[etl]\ndays = 2", to: "variable.toml")
        try folder.write("[etl]\ndays = 3", to: ".config/crm-voip/crm-voip.toml")
        try folder.write("[etl]\ndays = 4", to: "xdg/crm-voip/crm-voip.toml")
        var environment = ["HOME": folder.path]
        #expect(try Settings.load(environment: environment).etl.days == 3)
        environment["XDG_CONFIG_HOME"] = "\(folder.path)/xdg"
        #expect(try Settings.load(environment: environment).etl.days == 4)
        environment["CRM_VOIP_CONFIG"] = variable
        #expect(try Settings.load(environment: environment).etl.days == 2)
        #expect(try Settings.load(named: flag, environment: environment).etl.days == 1)
        environment["CRM_VOIP_CONFIG"] = "~/variable.toml"
        #expect(try Settings.load(environment: environment).etl.days == 2)
    }

    @Test(
        arguments: [
            (false, [:], "/home/anna/.local/share/crm-voip"), (false, ["XDG_DATA_HOME": "/data"], "/data/crm-voip"),
            // The specification of these variables says that relative paths must be ignored.
            (false, ["XDG_DATA_HOME": "data"], "/home/anna/.local/share/crm-voip"),
            (true, [:], "/var/lib/crm-voip"), (true, ["XDG_DATA_HOME": "/data"], "/var/lib/crm-voip"),
        ] as [(Bool, [String: String], String)]
    )
    func `A user's data is in the home folder, root's is where a service keeps it`(
        isRoot: Bool,
        environment: [String: String],
        directory: String
    ) {
        let home = ["HOME": "/home/anna"].merging(environment) { $1 }
        #expect(Places(environment: home, isRoot: isRoot).dataDirectory == directory)
    }

    @Test func `A named file must exist`() throws {
        let error = #expect(throws: ConfigurationError.self) {
            try Settings.load(named: "/nowhere/crm-voip.toml", environment: [:])
        }
        #expect(error?.code == .unreadable)
        #expect(error?.origin == .flag(name: "--config"))
        #expect(throws: ConfigurationError.self) {
            try Settings.load(environment: ["CRM_VOIP_CONFIG": "/nowhere/crm-voip.toml"])
        }
        #expect(throws: ConfigurationError.self) { try Settings.load(named: "/tmp", environment: [:]) }
    }

    @Test func `The settings of a queue override those for all queues`() throws {
        let reports = try TemporaryFolder().settings(
            """
            [reports]
            service_level = 30
            wrapup = 10
            [reports.queues.sales]
            service_level = 15
            [reports.queues."vip queue"]
            short_abandon = 2.5
            """
        ).reports
        #expect(reports.queue("sales") == .init(serviceLevel: 15, shortAbandon: 5, wrapUp: 10))
        #expect(reports.queue("vip queue") == .init(serviceLevel: 30, shortAbandon: 2.5, wrapUp: 10))
        #expect(reports.queue("other") == .init(serviceLevel: 30, shortAbandon: 5, wrapUp: 10))
    }

    @Test func `The stronger layer decides the warehouse`() throws {
        let folder = try TemporaryFolder()
        let service = "[warehouse]\nservice = 'wh'"
        #expect(try folder.settings(service).warehouse.server == .service("wh"))
        #expect(
            try folder.settings(service, environment: ["CRM_VOIP_WAREHOUSE_URL": "postgresql:///x"]).warehouse.server
                == .url("postgresql:///x")
        )
        #expect(
            try folder.settings(
                "[warehouse]\nurl = 'postgresql:///x'",
                environment: ["CRM_VOIP_WAREHOUSE_SERVICE": "wh"]
            )
            .warehouse.server == .service("wh")
        )
        let both = "[warehouse]\nservice = 'wh'\nurl = "
        #expect(try folder.settings(both + "'postgresql:///x'").warehouse.server == .url("postgresql:///x"))
        #expect(try folder.settings(both + "''").warehouse.server == .service("wh"))
    }

    @Test func `The choice of a PBX`() throws {
        let folder = try TemporaryFolder()
        #expect(try folder.settings("").pbxName("branch") == "branch")
        #expect(try folder.settings("[pbx.branch]").pbxName() == "branch")
        #expect(try folder.settings("[pbx.a]\n[pbx.main]").pbxName() == "main")
        #expect(throws: ConfigurationError.self) { try folder.settings("[pbx.a]\n[pbx.b]").pbxName() }
        #expect(throws: ConfigurationError.self) { try folder.settings("[pbx.a]\n[pbx.b]").pbx("c") }
        #expect(try folder.settings("[pbx.a]\n[pbx.b]").pbxNames == ["a", "b"])
    }
}
