import Testing

@testable import Warehouse

struct ServerPackageTests {
    static let installed = [17, 15, 12].map { ServerPackage(bin: "/usr/lib/postgresql/\($0)/bin", version: $0) }

    @Test func newDataGetTheNewestServer() throws {
        #expect(try ServerPackage.choose(for: nil, folder: "/data", from: Self.installed).version == 17)
    }

    @Test func oldDataGetTheServerThatMadeThem() throws {
        #expect(try ServerPackage.choose(for: 15, folder: "/data", from: Self.installed).version == 15)
    }

    @Test func dataOfAServerThatIsGoneSayWhatToInstall() {
        let error = #expect(throws: WarehouseError.self) {
            try ServerPackage.choose(for: 16, folder: "/data", from: Self.installed)
        }
        #expect(error?.code == .version)
        #expect(error?.description.contains("installed: 17, 15, 12. Install postgresql-16") == true)
    }

    @Test(arguments: [[], [ServerPackage(bin: "/usr/lib/postgresql/12/bin", version: 12)]])
    func withoutAServerThePackageIsNamed(_ installed: [ServerPackage]) {
        let error = #expect(throws: WarehouseError.self) {
            try ServerPackage.choose(for: nil, folder: "/data", from: installed)
        }
        #expect(error?.code == .serverMissing)
        #expect(error?.description.contains("apt-get install postgresql") == true)
    }

    @Test(arguments: [("/a/b", "/a/b"), ("/a/b/", "/a/b"), ("/a//", "/a"), ("/", "/")])
    func foldersHaveNoSlashAtTheEnd(_ given: String, _ kept: String) {
        #expect(DataFolder(given).path == kept)
    }

    @Test(arguments: [(10, "run"), (74, "run"), (89, "run"), (90, "tmp"), (200, "tmp")])
    func socketPathsFitTheKernelsLimit(_ length: Int, _ place: String) {
        let folder = DataFolder("/" + String(repeating: "x", count: length - 1))
        #expect(folder.socketFolder.hasPrefix(place == "run" ? folder.path : "/tmp/crm-voip-"))
        #expect("\(folder.socketFolder)/.s.PGSQL.5432".utf8.count <= 107)
    }
}
