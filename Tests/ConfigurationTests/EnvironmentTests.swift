import Base
import Testing

@testable import Configuration

@Suite struct EnvironmentTests {
    private func settings(_ environment: [String: String], toml: String = "") throws -> Settings {
        try TemporaryFolder().settings(toml, environment: environment)
    }

    @Test func `A variable is the path of its key in capitals`() throws {
        let settings = try settings([
            "CRM_VOIP_PBX_MAIN_AMI_SECRET": "s3", "CRM_VOIP_PBX_MAIN_AMI_HOST": "pbx",
            "CRM_VOIP_REPORTS_SERVICE_LEVEL": "12.5", "CRM_VOIP_WAREHOUSE_KEEP": "yes",
            "CRM_VOIP_HEALTH_QUEUE_WAIT_WARNING": "@5:6",
        ])
        #expect(try settings.ami().secret == "s3")
        #expect(try settings.ami().host == "pbx")
        #expect(settings.reports.standard.serviceLevel == 12.5)
        #expect(settings.warehouse.keep)
        #expect(settings.health["queue_wait"]?.warning == NagiosRange("@5:6"))
        #expect(settings.warnings.isEmpty)
    }

    @Test func `Lists are separated by commas`() throws {
        let settings = try settings([
            "CRM_VOIP_PBX_MAIN_CSV": "/a/Master.csv*, /b/x.csv,", "CRM_VOIP_PBX_MAIN_EXTENSIONS": "3,100-199",
        ])
        #expect(try settings.pbx().csv == ["/a/Master.csv*", "/b/x.csv"])
        #expect(try settings.pbx().extensions == ["3", "100-199"])
    }

    @Test func `A name in a variable is spelt as in the file`() throws {
        let toml = "[pbx.head-office]\n[pbx.\"Новый\"]\n[reports.queues.\"Sales EU\"]"
        let settings = try settings(
            [
                "CRM_VOIP_PBX_HEAD_OFFICE_AMI_PORT": "5999", "CRM_VOIP_PBX_OTHER_AMI_PORT": "5998",
                "CRM_VOIP_REPORTS_QUEUES_SALES_EU_WRAPUP": "7",
            ],
            toml: toml
        )
        #expect(try settings.ami(ofPBX: "head-office").port == 5999)
        #expect(try settings.ami(ofPBX: "other").port == 5998)
        #expect(settings.reports.queue("Sales EU").wrapUp == 7)
        #expect(settings.pbxNames == ["head-office", "other", "Новый"])
    }

    @Test func `Of two matching keys the longer one is meant, unless the file contains the name`() throws {
        let environment = ["CRM_VOIP_PBX_MAIN_CDR_DATABASE_TIMEZONE": "UTC"]
        let plain = try settings(environment)
        #expect(try plain.database().timeZone == "UTC")
        #expect(try plain.pbx().timeZone == nil)
        let odd = try settings(environment, toml: "[pbx.main_cdr_database]")
        #expect(try odd.pbx("main_cdr_database").timeZone == "UTC")
    }

    @Test func `Variables that are not keys cause a warning with a suggestion`() throws {
        let settings = try settings([
            "CRM_VOIP_ETL_DAYZ": "3", "CRM_VOIP_DATA": "/srv/data", "CRM_VOIP_SOMETHING_ELSE_ALTOGETHER": "x",
            "OTHER": "x",
        ])
        #expect(settings.warnings.count == 2)
        #expect(settings.warnings.first?.contains("CRM_VOIP_ETL_DAYZ") == true)
        #expect(settings.warnings.first?.hasSuffix("did you mean CRM_VOIP_ETL_DAYS?") == true)
        #expect(settings.warehouse.dataDirectory == "/srv/data")
    }

    @Test func `An empty variable counts as not set`() throws {
        let settings = try settings(
            ["CRM_VOIP_ETL_DAYS": "", "CRM_VOIP_PBX_MAIN_AMI_SECRET": ""],
            toml: "[etl]\ndays = 3\n[pbx.main.ami]\nsecret = 's3'\n"
        )
        #expect(settings.etl.days == 3)
        #expect(try settings.ami().secret == "s3")
    }

    @Test func `An impossible value is an error that names the variable, not the value`() throws {
        let error = #expect(throws: ConfigurationError.self) { try settings(["CRM_VOIP_ETL_DAYS": "s3cret"]) }
        #expect(error?.code == .badValue)
        #expect(error?.origin == .environment(variable: "CRM_VOIP_ETL_DAYS"))
        #expect(error.map { "\($0)".contains("s3cret") } == false)
    }
}
