/// A version of Asterisk, such as `22.10.1`, `18.9-cert5` or `20.9.2~dfsg+~cs6.14`.
public struct AsteriskVersion: Sendable, Comparable, CustomStringConvertible {
    /// The branch.
    public let major: Int
    /// The release within the branch.
    public let minor: Int
    /// The fix within the release.
    public let patch: Int
    /// The number of a certified release, which includes fixes from later releases of its branch.
    public let certified: Int?

    /// A version from its numbers.
    public init(_ major: Int, _ minor: Int = 0, _ patch: Int = 0, certified: Int? = nil) {
        self.major = major
        self.minor = minor
        self.patch = patch
        self.certified = certified
    }

    /// Reads the `AsteriskVersion` of `CoreSettings`, including any suffix that a distribution added.
    public init?(_ text: String) {
        let start = text.firstIndex { $0.isNumber } ?? text.endIndex
        let body = text[start...].prefix { $0.isNumber || $0 == "." }
        let numbers = body.split(separator: ".").compactMap { Int($0) }
        guard let major = numbers.first else { return nil }
        var certified: Int?
        let rest = text[body.endIndex...]
        if rest.hasPrefix("-cert") { certified = Int(rest.dropFirst(5).prefix { $0.isNumber }) }
        self.init(
            major,
            numbers.count > 1 ? numbers[1] : 0,
            numbers.count > 2 ? numbers[2] : 0,
            certified: certified
        )
    }

    /// The branch that follows from the AMI version in a greeting (include/asterisk/manager.h of each branch); nil if
    /// unknown.
    public static func branch(ofBanner banner: String) -> Int? {
        guard let slash = banner.lastIndex(of: "/") else { return nil }
        let parts = banner[banner.index(after: slash)...].split(separator: ".").compactMap { Int($0) }
        switch (parts.first, parts.dropFirst().first) {
        case (1, 3): return 11
        case (2, let minor?): return minor >= 6 ? 13 : 12
        case (let ami?, _) where ami >= 3: return ami + 11
        default: return nil
        }
    }

    /// Versions are ordered by their numbers; a certified release sorts with its base version.
    public static func < (left: Self, right: Self) -> Bool {
        (left.major, left.minor, left.patch, left.certified ?? 0)
            < (right.major, right.minor, right.patch, right.certified ?? 0)
    }

    /// The version in the usual form.
    public var description: String {
        certified.map { "\(major).\(minor)-cert\($0)" } ?? "\(major).\(minor).\(patch)"
    }
}
