import CallRecords
import Extract
import Load
import Pipeline
import Postgres
import Testing
import TestSupport
import Transform

@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct ContactRefreshTests {
    private func sample(file: String = #filePath) -> ContactCSV {
        ContactCSV(
            path: file.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/Samples/asterisk-a/contacts.csv"
        )
    }

    private let numbers: NumberPlan

    init() throws { numbers = try NumberPlan(region: "RU", extensions: try ExtensionPlan("101-108")) }

    /// From the file into the warehouse and back: the index equals the file's, with the warehouse's ids.
    @Test func thereAndBack() async throws {
        try await ContactWarehouse.run(["+79163530829", "+74952980815", "+79160000000"]) { connection in
            #expect(try ContactRefresh.index(of: connection) == nil)
            let refresh = ContactRefresh([sample()], named: "csv", numbers: numbers)
            let summary = try refresh.run(connection)
            #expect(summary.sync.contacts == 74 && summary.sync.inserted == 74 && summary.sync.links == 73)
            #expect(summary.sync.phones.unreadable == 0 && summary.sync.phones.readable == 73)
            #expect(summary.sync.callsRelinked == 2)
            #expect(try refresh.run(connection).sync.numbersChanged == 0)

            let ofFile = try refresh.index()
            let ofWarehouse = try #require(try ContactRefresh.index(of: connection))
            #expect(ofWarehouse.count == 74 && ofWarehouse.linkCount == ofFile.linkCount)
            // The links that a run uses.
            let links = try ContactRefresh.links(of: connection)
            let linksOfFile = ContactLinks(ofFile)
            try ofFile.forEachLink { link in
                let match = try #require(ofWarehouse.match(link.number).reference)
                guard link.place == 0 else { return }
                #expect(ofWarehouse[match].id == link.id && ofWarehouse[match].kind == link.kind)
                #expect(links.link(link.number).id == ofWarehouse[match].warehouseID)
                #expect(links.link(link.number).match == linksOfFile.link(link.number).match)
            }
        }
    }
}
