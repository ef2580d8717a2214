public import CallRecords

extension CallAssembler {
    /// Visits as far as legs tell them, for calls of which the queue_log says nothing.
    ///
    /// A caller's channel that was answered before the queue has no leg that says when the agent picked up, unless the
    /// agent's phone has a leg of its own; so waits and talks are estimates and marked as such. A call with visits from
    /// the queue_log is returned without any, so that earlier estimates go.
    public func estimatedVisits(_ page: CallLegs) -> [CallVisits] {
        let headers = page.legs.headers
        return page.legs.texts.withUnsafeTexts { texts in
            page.calls.flatMap { call -> [CallVisits] in
                let legs = call.legs.map { LegView(texts: texts, index: $0, header: headers[$0], times: page.times[$0]) }
                guard legs.contains(where: \.isQueue) else { return [] }
                return estimatedVisits(LegRoles(legs, policy: policy), page)
            }
        }
    }

    private func estimatedVisits(_ roles: LegRoles, _ page: CallLegs) -> [CallVisits] {
        var calls: [CallVisits] = []
        var open: (queue: String, legs: [LegView])?
        for leg in roles.primary {
            guard leg.isQueue, let callid = leg.string(.uniqueid), let queue = leg.queueName else {
                open = nil
                continue
            }
            if calls.last?.callid != callid {
                calls.append(CallVisits(callid: callid, visits: []))
                open = nil
            }
            // The queue's own log knows better.
            if page.visits[Hash128(leg[.uniqueid])] != nil { continue }
            if open?.queue == queue {
                open?.legs.append(leg)
                calls[calls.count - 1].visits.removeLast()
            } else {
                open = (queue, [leg])
            }
            let entry = calls[calls.count - 1].visits.count { $0.queue == queue } + 1
            if let legs = open?.legs {
                calls[calls.count - 1].visits.append(visit(queue, Int16(clamping: entry), legs, roles))
            }
        }
        return calls
    }

    /// A visit by the legs of one stay in one queue, one leg for every agent that was tried.
    private func visit(_ queue: String, _ entry: Int16, _ legs: [LegView], _ roles: LegRoles) -> QueueVisit {
        let start = legs.lazy.map(\.times.start).min() ?? 0
        let end = legs.lazy.map(\.times.end).max() ?? start
        var visit = QueueVisit(queue: queue, entry: entry, enteredAt: start)
        visit.caller = legs[0].string(.src)
        visit.callerNumber = visit.caller.flatMap { numbers.party($0, as: .caller).phoneNumber }
        visit.leftAt = end
        guard let answered = legs.first(where: \.isConversation) else {
            // The dialplan went on with the caller where the queue gave up.
            let wentOn = roles.primary.contains {
                !$0.isQueue && $0.times.start >= end && $0[.uniqueid].elementsEqual(legs[0][.uniqueid])
            }
            visit.outcome = wentOn ? .timedOut : .abandoned
            visit.wait = Int32(clamping: end - start)
            return visit
        }
        visit.outcome = .answered
        let far = roles.farHalf(of: answered).flatMap { $0.isAnswered ? $0 : nil }
        let connected = far?.answer ?? max(answered.answer, answered.times.start)
        visit.connectedAt = connected
        visit.wait = Int32(clamping: max(0, connected - start))
        visit.talk = Int32(clamping: max(0, min(far?.times.end ?? end, end) - connected))
        return visit
    }
}

extension LegView {
    /// The first argument of `Queue(support,t,,,40)`.
    var queueName: String? {
        guard isQueue, let data = string(.lastdata) else { return nil }
        let name = data.prefix { $0 != "," && $0 != "|" }
        return name.isEmpty ? nil : String(name)
    }
}
