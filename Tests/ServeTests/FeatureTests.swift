import Base
import FoundationEssentials
import Services
import Testing
import TestSupport

@testable import Serve

/// The real routes, without a PBX and without a warehouse.
@Suite struct FeatureTests {
    private static func application(openRole: Role?) throws -> Application {
        try RealApplication(openRole: openRole).application
    }

    @Test func `no route that shows anything is open to everybody`() throws {
        let open = try Self.application(openRole: nil).router.routes.filter { $0.access.role == nil }.map(\.pattern)
        let known = [
            "/assets/{hash}/{name}", "/login", "/logout", "/language", "/language/choose", "/display", "/healthz",
            "/readyz",
        ]
        #expect(Set(open) == Set(known))
    }

    @Test func `no two routes have the same method and path`() throws {
        let routes = try Self.application(openRole: nil).router.routes.map { "\($0.method.rawValue) \($0.pattern)" }
        #expect(Set(routes).count == routes.count)
    }

    @Test func `every page of the navigation is there for the role to which it is offered`() async throws {
        for place in Page.Place.allCases {
            let application = try Self.application(openRole: place.role)
            let response = await application.answer(try Fixture.request(.get, place.path, [("Accept", "text/html")]))
            // There is no warehouse; the pages that need it say so.
            let needsWarehouse = [Page.Place.reports, .lost, .history].contains(place)
            #expect(response.status == (needsWarehouse ? .unavailable : .ok), "\(place)")
            let html = String(decoding: response.bytes, as: UTF8.self)
            #expect(html.contains("aria-current=\"page\">\(place.title)</a>"), "\(place)")
            #expect(!html.contains(" style=\"") && !html.contains("<style"), "\(place)")
        }
    }

    @Test func `everything that pages load exists, and is cached forever`() async throws {
        let application = try Self.application(openRole: .lead)
        for asset in Assets.all {
            let response = await application.answer(try Fixture.request(.get, asset.path))
            #expect(response.status == .ok)
            #expect(response.headers["Cache-Control"] == "public, max-age=31536000, immutable")
        }
        #expect(await application.answer(try Fixture.request(.get, "/assets/x/style.css")).status == .notFound)
    }

    @Test func `the API's document has every route of the API and no other`() async throws {
        let application = try Self.application(openRole: .wall)
        let response = await application.answer(try Fixture.request(.get, "/api/v1/openapi.json"))
        struct Document: Decodable {
            var openapi: String
            var paths: [String: [String: Operation]]
        }
        struct Operation: Decodable { var operationId: String }
        let document = try JSONDecoder().decode(Document.self, from: Data(response.bytes))
        #expect(document.openapi == "3.1.0")
        let described = document.paths.flatMap { path, operations in operations.keys.map { "\($0) \(path)" } }
        let routes = application.router.routes.filter { $0.pattern.hasPrefix("/api/") }
            .map { "\($0.method.rawValue.lowercased()) \($0.pattern)" }
        #expect(Set(described) == Set(routes).subtracting(["get /api/v1/openapi.json"]))
        let ids = document.paths.values.flatMap { $0.values.map(\.operationId) }
        #expect(Set(ids).count == ids.count)
    }

    @Test func `every schema that the document names is in it`() async throws {
        let application = try Self.application(openRole: .wall)
        let response = await application.answer(try Fixture.request(.get, "/api/v1/openapi.json"))
        let text = String(decoding: response.bytes, as: UTF8.self)
        let names = text.split(separator: "#/components/schemas/").dropFirst().map { $0.prefix { $0 != "\"" } }
        #expect(!names.isEmpty)
        let known = Set(APISchemas.all.map(\.0))
        for name in names { #expect(known.contains(String(name)), "\(name)") }
    }

    @Test(
        arguments: [
            "/api/v1/calls", "/api/v1/reports/queues", "/history", "/reports", "/lost-calls",
            "/reports/rows?report=queues&figure=lost", "/reports/queues.csv", "/history/1.1",
        ],
        ["text/html", "application/json"]
    )
    func `without a warehouse, pages and programs are told so with status 503`(path: String, kind: String) async throws
    {
        let application = try Self.application(openRole: .lead)
        let response = await application.answer(try Fixture.request(.get, path, [("Accept", kind)]))
        let text = String(decoding: response.bytes, as: UTF8.self)
        #expect(response.status == .unavailable)
        #expect(response.headers["Retry-After"] == "30")
        #expect(text.contains("There is no warehouse in /nonexistent/crm-voip-tests"))
        let isPage = kind == "text/html"
        #expect(response.headers["Content-Type"]?.hasPrefix(isPage ? "text/html" : "application/problem+json") ?? false)
        if isPage, path == "/history" || path == "/reports" { #expect(text.contains("<form class=\"filter\"")) }
    }

    @Test(arguments: ["/reports?month=2026-13", "/reports?time=years+2", "/history?from=x", "/reports?report=nothing"])
    func `a page with an invalid value says so, with its form and not with status 200`(path: String) async throws {
        let application = try Self.application(openRole: .lead)
        let response = await application.answer(try Fixture.request(.get, path, [("Accept", "text/html")]))
        let text = String(decoding: response.bytes, as: UTF8.self)
        #expect(response.status == .badRequest)
        #expect(text.contains("<form class=\"filter\"") && text.contains("role=\"alert\""))
    }

    @Test(arguments: [
        "/api/v1/calls?limit=0", "/api/v1/calls?limit=1001", "/api/v1/calls?cursor=x", "/api/v1/calls?days=x",
        "/api/v1/calls?direction=up", "/api/v1/calls?from=2026-11-23&to=2026-11-22",
        "/api/v1/reports/queues?week=2026-W60",
        "/api/v1/reports/queues?interval=year",
    ])
    func `an invalid value is refused with a hint`(path: String) async throws {
        let application = try Self.application(openRole: .lead)
        let response = await application.answer(try Fixture.request(.get, path))
        // ETags require the warehouse, which is missing; errors in the request are reported first.
        #expect(response.status == .badRequest, "\(path)")
        #expect(String(decoding: response.bytes, as: UTF8.self).contains("should"), "\(path)")
    }

    @Test func `a viewer sees figures and no callers`() async throws {
        let identity = Identity(name: "v", role: .viewer, proof: .session)
        for name in ["lost-calls", "unmatched", "own-report"] {
            #expect(throws: Problem.self) { try ReportQuery.request([name], FormFields(""), for: identity) }
        }
        _ = try ReportQuery.request(["queues"], FormFields(""), for: identity)
        let application = try Self.application(openRole: .viewer)
        for path in ["/api/v1/calls", "/api/v1/calls/1", "/history", "/api/v1/lost-calls"] {
            #expect(await application.answer(try Fixture.request(.get, path)).status == .unauthorized)
        }
    }

    @Test func `a user of one queue gets reports of that queue only`() throws {
        let one = Identity(name: "s", role: .lead, proof: .session, queues: ["sales"])
        #expect(try ReportQuery.request(["queues"], FormFields(""), for: one).queue == "sales")
        #expect(try ReportQuery.request(["queues"], FormFields("queue=Sales"), for: one).queue == "Sales")
        #expect(throws: Problem.self) { try ReportQuery.request(["queues"], FormFields("queue=support"), for: one) }
        #expect(throws: Problem.self) { try ReportQuery.request(["calls"], FormFields(""), for: one) }
        let two = Identity(name: "s", role: .lead, proof: .session, queues: ["sales", "support"])
        #expect(throws: Problem.self) { try ReportQuery.request(["queues"], FormFields(""), for: two) }
    }
}
