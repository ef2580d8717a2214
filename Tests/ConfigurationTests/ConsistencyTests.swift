import Testing

@testable import Configuration

@Suite struct ConsistencyTests {
    @Test(arguments: [
        ("url = 'mysql://crm/x'", "contacts.url is set, but preset or query is not."),
        ("preset = 'odoo'", "contacts.preset is set, but url is not."),
        (
            "csv = 'a.csv'\nurl = 'mysql://crm/x'\npreset = 'odoo'",
            "contacts.csv and contacts.url cannot be used together. Remove one of them."
        ),
        (
            "url = 'mysql://crm/x'\npreset = 'odoo'\nquery = 'select 1'",
            "contacts.preset and contacts.query cannot be used together. Remove one of them."
        ),
    ])
    func `keys of the contacts that do not go together are named`(keys: String, message: String) throws {
        let folder = try TemporaryFolder()
        #expect(try folder.settings("[contacts]\n\(keys)").inconsistencies().map(\.message) == [message])
    }

    @Test(arguments: ["csv = 'a.csv'", "url = 'mysql://crm/x'\npreset = 'odoo'", "url = 'mysql://crm/x'\nquery = 'x'"])
    func `a file, a preset or a query is enough`(keys: String) throws {
        let folder = try TemporaryFolder()
        #expect(try folder.settings("[contacts]\n\(keys)").inconsistencies().isEmpty)
    }

    @Test(arguments: [
        ("DE", true), ("US", true), ("de", false), ("D", false), ("DEU", false), ("D1", false), ("", false),
    ])
    func `a region is two capital letters`(text: String, isRegion: Bool) {
        #expect((ValueKind.region.value(of: text) != nil) == isRegion)
    }
}
