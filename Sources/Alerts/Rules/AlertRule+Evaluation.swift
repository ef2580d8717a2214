import Base

extension AlertRule {
    /// What the rule's measure finds in a snapshot, with English texts and, if the task has another language, with texts
    /// in that.
    public func evaluation(of snapshot: AlertSnapshot) -> RuleEvaluation {
        var evaluation = Language.$current.withValue(.english) { evaluated(snapshot) }
        guard Language.current != .english, !evaluation.findings.isEmpty else { return evaluation }
        let others = Dictionary(evaluated(snapshot).findings.map { ($0.labels, $0) }) { first, _ in first }
        for index in evaluation.findings.indices {
            guard let other = others[evaluation.findings[index].labels] else { continue }
            evaluation.findings[index].translated = AlertText(
                summary: other.summary,
                causes: other.causes,
                callers: other.callers
            )
        }
        return evaluation
    }

    private func evaluated(_ snapshot: AlertSnapshot) -> RuleEvaluation {
        var blind: Set<String> = []
        var findings: [AlertFinding] = []
        switch measure.source {
        case .live, .health:
            for pbx in snapshot.pbxs where Self.isNamed(pbx.name, in: pbxs) {
                guard applies(at: snapshot.at, in: pbx.zone) else { continue }
                // A health check that is still recent says nothing about a PBX that cannot be reached any more.
                guard pbx.staleSince == nil, let found = self.findings(pbx, at: snapshot.at) else {
                    blind.insert(pbx.name)
                    continue
                }
                findings += found
            }
        case .warehouse:
            guard let found = warehouseFindings(snapshot) else {
                return RuleEvaluation(name, [], blindness: .everything)
            }
            findings = found
        case .own:
            guard let found = ownFindings(snapshot) else { return RuleEvaluation(name, [], blindness: .everything) }
            findings = found
        }
        return RuleEvaluation(name, findings, blindness: blind.isEmpty ? .none : .pbxs(blind))
    }

    /// Whether the rule applies at a moment on the clock of a zone.
    func applies(at moment: Moment, in zone: ZoneTable) -> Bool {
        guard let schedule else { return true }
        return schedule.contains(moment, in: zone) != isOutside
    }

    /// What the measure finds on one PBX; nil if nothing is known.
    private func findings(_ pbx: AlertSnapshot.PBX, at now: Moment) -> [AlertFinding]? {
        switch measure {
        case .queueWait, .queueCallers, .callersPerFreeAgent, .unservedCallers, .queueFreeAgents, .queueMembers,
            .queueReadyAgents:
            QueueMeasures(rule: self, pbx: pbx, now: now).findings
        case .serviceLevel, .abandonedPercent: RateMeasures(rule: self, pbx: pbx, now: now).findings
        case .agentPause, .agentUnanswered, .agentCall: AgentMeasures(rule: self, pbx: pbx, now: now).findings
        case .silence, .longestCall: CallMeasures(rule: self, pbx: pbx, now: now).findings
        case .callsPerExtension, .internationalCalls, .newCountryCalls, .premiumCalls, .sequentialCalls:
            FraudMeasures(rule: self, pbx: pbx, now: now).findings
        case .trunkDown, .endpointDown: LineMeasures(rule: self, pbx: pbx, now: now).findings
        default: HealthMeasures(rule: self, pbx: pbx).findings
        }
    }
}
