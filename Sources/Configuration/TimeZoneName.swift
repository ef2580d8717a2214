import Glibc

/// Names of time zones, checked against the system's tz database without reading it.
enum TimeZoneName {
    /// Whether the system has a zone with this name. A system without a tz database accepts every well-formed name.
    static func isKnown(_ name: String) -> Bool {
        guard isWellFormed(name) else { return false }
        let directory = "/usr/share/zoneinfo"
        if name == "UTC" || access(directory, F_OK) != 0 { return true }
        var status = stat()
        return stat("\(directory)/\(name)", &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// Letters, digits and `_+-`, separated by slashes, so that no name leads out of the database's folder.
    private static func isWellFormed(_ name: String) -> Bool {
        !name.isEmpty
            && name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
                !part.isEmpty
                    && part.unicodeScalars.allSatisfy { scalar in
                        switch scalar {
                        case "a"..."z", "A"..."Z", "0"..."9", "_", "+", "-": true
                        default: false
                        }
                    }
            }
    }
}
