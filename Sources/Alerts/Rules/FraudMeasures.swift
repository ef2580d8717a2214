import Base

/// Signs that somebody calls at our expense. Numbers are compared, never shown.
struct FraudMeasures {
    let rule: AlertRule
    let pbx: AlertSnapshot.PBX
    let now: Moment

    var findings: [AlertFinding]? {
        switch rule.measure {
        case .callsPerExtension: return atOnce
        case .sequentialCalls: return sequences
        case .newCountryCalls:
            // Which countries are usual is in the warehouse.
            if recent.contains(where: { $0.isInternational && $0.isUsualCountry == nil }) { return nil }
            return counted { $0.isInternational && $0.isUsualCountry == false }
        case .premiumCalls: return counted { $0.isPremium }
        default: return counted { $0.isInternational }
        }
    }

    private var recent: [AlertSnapshot.Outgoing] {
        pbx.outgoing.filter { now - $0.at <= rule.window && AlertRule.isNamed($0.from, in: rule.agents) }
    }

    private var minutes: Int64 { rule.window.wholeSeconds / 60 }

    private var atOnce: [AlertFinding] {
        let calls = Dictionary(grouping: pbx.calls.filter { !$0.from.isEmpty }, by: \.from)
        return calls.filter { AlertRule.isNamed($0.key, in: rule.agents) }.map { from, calls in
            let count = calls.count
            let summary = localized(
                count,
                one: "Extension \(from) has \(count) call to numbers outside at once.",
                other: "Extension \(from) has \(count) calls to numbers outside at once."
            )
            return finding(from, Double(count), summary)
        }
    }

    private func counted(_ isWanted: (AlertSnapshot.Outgoing) -> Bool) -> [AlertFinding] {
        Dictionary(grouping: recent.filter(isWanted), by: \.from).map { from, calls in
            let countries = Set(calls.compactMap(\.country)).sorted().prefix(5).joined(separator: ", ")
            return finding(
                from,
                Double(calls.count),
                made(calls.count, from),
                causes: countries.isEmpty ? [] : [localized("Countries: \(countries).")]
            )
        }
    }

    private func made(_ count: Int, _ from: String) -> String {
        switch rule.measure {
        case .premiumCalls:
            localized(
                count,
                one: "Extension \(from) made \(count) call to premium-rate numbers in the last \(minutes) minutes.",
                other: "Extension \(from) made \(count) calls to premium-rate numbers in the last \(minutes) minutes."
            )
        case .newCountryCalls:
            localized(
                count,
                one:
                    "Extension \(from) made \(count) call to countries that were not called in the three months before in the last \(minutes) minutes.",
                other:
                    "Extension \(from) made \(count) calls to countries that were not called in the three months before in the last \(minutes) minutes."
            )
        default:
            localized(
                count,
                one: "Extension \(from) made \(count) call to other countries in the last \(minutes) minutes.",
                other: "Extension \(from) made \(count) calls to other countries in the last \(minutes) minutes."
            )
        }
    }

    /// The most numbers of one extension that follow each other, such as …01, …02, …03, in whichever order they were
    /// called.
    private var sequences: [AlertFinding] {
        Dictionary(grouping: recent, by: \.from).map { from, calls in
            let numbers = Set(calls.compactMap { Int64($0.number.drop { $0 == "+" }) }).sorted()
            var (longest, current) = (numbers.isEmpty ? 0 : 1, 1)
            for (first, second) in zip(numbers, numbers.dropFirst()) {
                current = second - first == 1 ? current + 1 : 1
                longest = max(longest, current)
            }
            return finding(
                from,
                Double(longest),
                localized("Extension \(from) called \(longest) consecutive numbers in the last \(minutes) minutes.")
            )
        }
    }

    private func finding(_ from: String, _ value: Double, _ summary: String, causes: [String] = []) -> AlertFinding {
        AlertFinding(["pbx": pbx.name, "extension": from], value, summary, causes: causes, path: "/calls")
    }
}
