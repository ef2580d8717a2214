import Glibc

/// The zones of the system's tz database.
public enum ZoneFiles {
    /// The folder in which Debian's tzdata installs them; `$TZDIR` takes precedence, as in glibc.
    static var directory: String { getenv("TZDIR").map { String(cString: $0) } ?? "/usr/share/zoneinfo" }

    /// Reads a zone by its IANA name.
    ///
    /// - Throws: ``ZoneError``
    public static func load(_ name: String) throws(ZoneError) -> ZoneTable {
        let isSafe = !name.isEmpty && !name.hasPrefix("/") && !name.split(separator: "/").contains("..")
        if isSafe, let bytes = contents(of: "\(directory)/\(name)"), let zone = ZoneTable(name: name, tzif: bytes) {
            return zone
        }
        if name == "UTC" { return .utc }
        throw ZoneError(name: name, directory: directory)
    }

    /// The name of this machine's own zone, from `$TZ`, `/etc/timezone` or `/etc/localtime`; `nil` if none of them
    /// names one.
    public static var localName: String? {
        if let variable = getenv("TZ") {
            let name = String(cString: variable).filter { !" \t".contains($0) }
            return name.isEmpty ? "UTC" : String(name.drop { $0 == ":" })
        }
        if let target = realpath("/etc/localtime", nil) {
            defer { free(target) }
            let path = String(cString: target)
            if let range = path.firstRange(of: "/zoneinfo/") { return String(path[range.upperBound...]) }
        }
        guard let file = contents(of: "/etc/timezone") else { return nil }
        let name = String(decoding: file.prefix { $0 > 0x20 }, as: UTF8.self)
        return name.isEmpty ? nil : name
    }

    /// Names of zones that have a city and a history of their own (`zone1970.tab`), those of the region first.
    ///
    /// - Parameter region: ISO 3166 code of the country, such as `RU`.
    public static func names(preferring region: String?) -> [String] {
        guard let table = contents(of: "\(directory)/zone1970.tab") ?? contents(of: "\(directory)/zone.tab") else {
            return []
        }
        let rows = String(decoding: table, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }
            .map { $0.split(separator: "\t") }.filter { $0.count >= 3 }
        // A row lists every country that shares the zone; the first is the one after which the zone is named.
        let rank: ([Substring]) -> Int = { row in
            let countries = row[0].split(separator: ",").map(String.init)
            guard let region = region?.uppercased(), countries.contains(region) else { return 2 }
            return countries.first == region ? 0 : 1
        }
        return (0...2).flatMap { wanted in rows.filter { rank($0) == wanted }.map { String($0[2]) } }
    }

    private static func contents(of path: String) -> [UInt8]? {
        guard let file = try? SmallFile(path: path), !file.bytes.isEmpty else { return nil }
        return file.bytes
    }
}
