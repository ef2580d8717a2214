import Services
import Switchboard

/// Metrics from the health checks: trunks, phones, queues, and audio quality.
struct HealthMetrics: Sendable {
    let histories: [HealthSampler.History]

    var families: [MetricFamily] { [states] + measures }

    /// 0 is ok, 1 a warning, 2 critical, 3 unknown; a skipped part has none.
    private var states: MetricFamily {
        var family = MetricFamily(
            "crm_voip_health_state",
            .gauge,
            "The state of a part of the PBX: 0 ok, 1 warning, 2 critical, 3 unknown."
        )
        for history in histories {
            for section in sections(history) where section.state != .skipped {
                family.add(Double(section.state.number), [("pbx", history.pbx), ("part", section.name)])
            }
        }
        return family
    }

    /// A family for each measure, in base units.
    private var measures: [MetricFamily] {
        var families: [String: MetricFamily] = [:]
        for history in histories {
            for section in sections(history) {
                for measure in section.measures {
                    let (name, unit, factor) = Self.unit(of: measure)
                    let full = "crm_voip_health_\(name)"
                    var family =
                        families[full]
                        ?? MetricFamily(
                            full,
                            .gauge,
                            unit: unit,
                            "The measure \(measure.name) of health, part \(section.name)."
                        )
                    var labels = [("pbx", history.pbx)]
                    if let subject = measure.subject { labels.append(("queue", subject)) }
                    family.add(measure.value * factor, labels)
                    families[full] = family
                }
            }
        }
        return families.values.sorted { $0.name < $1.name }
    }

    /// The last report. Audio quality is checked less often, and its last result is kept until the next one.
    private func sections(_ history: HealthSampler.History) -> [HealthReport.Section] {
        let sections = history.report?.sections ?? []
        guard let quality = history.quality else { return sections }
        return sections.filter { $0.name != "quality" } + [quality]
    }

    /// Seconds and ratios, as Prometheus recommends, instead of milliseconds and percentages.
    static func unit(of measure: HealthReport.Measure) -> (name: String, unit: String, factor: Double) {
        func without(_ ending: String) -> String {
            measure.name.hasSuffix(ending) ? String(measure.name.dropLast(ending.count)) : measure.name
        }
        switch measure.unit {
        case "ms": return ("\(without("_ms"))_seconds", "seconds", 0.001)
        case "s": return ("\(without("_s"))_seconds", "seconds", 1)
        case "%": return ("\(without("_pct"))_ratio", "ratio", 0.01)
        default: return (measure.name, "", 1)
        }
    }
}
