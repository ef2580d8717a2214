import Base
import Services

/// One family of metrics: its name, its meaning, and its samples (OpenMetrics 1.0; Prometheus text format 0.0.4).
struct MetricFamily: Sendable {
    enum Kind: String, Sendable { case gauge, counter, info, histogram, summary }

    struct Sample: Sendable {
        var labels: [(name: String, value: String)]
        var value: Double
        /// The suffix of the family's name in a histogram or a summary.
        var suffix = ""
    }

    /// Without `_total` or `_info`.
    var name: String
    var kind: Kind
    var help: String
    /// The base unit with which the name ends; empty for none.
    var unit = ""
    var samples: [Sample] = []

    init(_ name: String, _ kind: Kind, unit: String = "", _ help: String, _ samples: [Sample] = []) {
        (self.name, self.kind, self.unit, self.help, self.samples) = (name, kind, unit, help, samples)
    }

    /// Adds a histogram: its cumulative classes, sum and count.
    ///
    /// - Parameters:
    ///   - limits: The upper limit of each class but the last.
    ///   - counts: One more than there are limits.
    mutating func add(limits: [Double], counts: [Int], sum: Double, _ labels: [(String, String)] = []) {
        let own = labels.map { (name: $0.0, value: $0.1) }
        var total = 0
        for (place, count) in counts.enumerated() {
            total += count
            let limit = limits.indices.contains(place) ? MetricsText.limit(limits[place]) : "+Inf"
            samples.append(Sample(labels: own + [(name: "le", value: limit)], value: Double(total), suffix: "_bucket"))
        }
        add(sum: sum, count: total, labels)
    }

    /// Adds a histogram of durations, in seconds.
    mutating func add(_ times: TimeHistogram, _ labels: [(String, String)] = []) {
        add(limits: times.limits.map(\.inSeconds), counts: times.counts, sum: times.sum.inSeconds, labels)
    }

    /// Adds a sum and the number of its parts: a summary without quantiles, or the end of a histogram.
    mutating func add(sum: Double, count: Int, _ labels: [(String, String)] = []) {
        let own = labels.map { (name: $0.0, value: $0.1) }
        samples.append(Sample(labels: own, value: sum, suffix: "_sum"))
        samples.append(Sample(labels: own, value: Double(count), suffix: "_count"))
    }

    mutating func add(_ value: Double, _ labels: [(String, String)] = []) {
        samples.append(Sample(labels: labels.map { (name: $0.0, value: $0.1) }, value: value))
    }
}

/// Writes families.
struct MetricsText: Sendable {
    enum Format: Sendable { case text, openMetrics }

    let format: Format

    /// The text; a family without samples is left out.
    func render(_ families: [MetricFamily]) -> String {
        var text = ""
        for family in families where !family.samples.isEmpty { write(family, to: &text) }
        if format == .openMetrics { text += "# EOF\n" }
        return text
    }

    private func write(_ family: MetricFamily, to text: inout String) {
        let sample =
            switch family.kind {
            case .gauge, .histogram, .summary: family.name
            case .counter: family.name + "_total"
            case .info: family.name + "_info"
            }
        // The older format has no info type, and a counter's name there includes its suffix.
        let name = format == .openMetrics ? family.name : sample
        let kind = format == .openMetrics || family.kind != .info ? family.kind.rawValue : "gauge"
        text += "# HELP \(name) \(Self.escaped(family.help, quotes: format == .openMetrics))\n# TYPE \(name) \(kind)\n"
        if format == .openMetrics, !family.unit.isEmpty { text += "# UNIT \(name) \(family.unit)\n" }
        for item in family.samples {
            text += sample + item.suffix
            if !item.labels.isEmpty {
                let labels = item.labels.map { "\($0.name)=\"\(Self.escaped($0.value, quotes: true))\"" }
                text += "{\(labels.joined(separator: ","))}"
            }
            text += " \(Self.number(item.value))\n"
        }
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\"" where quotes: result += "\\\""
            case "\r", "\0": continue
            default: result += PrintableText.of(String(scalar))
            }
        }
        return result
    }

    /// The limit of a class; whole ones have a decimal, so that each limit has only one spelling (OpenMetrics 1.0).
    static func limit(_ value: Double) -> String { "\(value)" }

    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
        return "\(value)"
    }
}
