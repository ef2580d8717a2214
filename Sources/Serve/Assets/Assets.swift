import Base
import Reporting

/// The files that pages need, which are part of the program. Their addresses change with their content, so that
/// browsers can cache them forever.
struct Asset: Sendable {
    let name: String
    let type: ContentType
    let content: [UInt8]
    let hash: String

    init(_ name: String, _ type: ContentType, _ content: String) {
        (self.name, self.type, self.content) = (name, type, Array(content.utf8))
        hash = ContentHash.text(of: self.content)
    }

    var path: String { "/assets/\(hash)/\(name)" }
}

enum Assets {
    static let style = Asset("style.css", .css, WebFiles.style)
    static let report = Asset("report.css", .css, HTMLRenderer.styleSheet)
    static let script = Asset("live.js", .script, WebFiles.live)
    static let icon = Asset("icon.svg", .svg, WebFiles.icon)
    static let all = [style, report, script, icon]

    /// Compared by the browser's script, so that a wall display reloads itself after an update of the program.
    static let build = ContentHash.text(of: all.flatMap { Array($0.hash.utf8) })

    static func addRoutes(to router: inout Router) {
        router.on(.get, "/assets/{hash}/{name}", for: .everybody, "Style, script and icon of the pages.") { exchange in
            let name = exchange.parameters["name"]
            guard let asset = all.first(where: { $0.name == name && $0.hash == exchange.parameters["hash"] }) else {
                throw Problem(
                    .notFound,
                    "notFound",
                    localized("There is nothing at the address \(exchange.request.path).")
                )
            }
            var response = Response(.ok, asset.type, asset.content)
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
            return response
        }
    }
}

/// A short name for content: FNV-1a, 64 bits. It distinguishes versions and does not protect against forgery.
enum ContentHash {
    static func text(of bytes: some Sequence<UInt8>) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return String(hash, radix: 36)
    }
}
