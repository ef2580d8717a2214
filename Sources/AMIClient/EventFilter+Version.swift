import AMI
import Switchboard

extension EventFilter {
    /// Whether a version supports `MatchCriteria`. Others treat only the filter's text as a regular expression, and
    /// would drop wanted events.
    static func isServed(by version: AsteriskVersion) -> Bool {
        let since = [18: 26, 20: 11, 21: 6, 22: 1]
        guard let minor = since[version.major] else { return version.major > 22 }
        return version.certified == nil && version.minor >= minor
    }
}
