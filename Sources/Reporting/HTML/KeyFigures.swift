import Base

/// The figures at the head of a page, of a mail and of a workbook.
struct KeyFigures {
    /// In the order in which they are shown.
    let figures: [KeyFigure]

    init(_ book: ReportBook, _ links: FigureLinks = .none) {
        var figures: [KeyFigure] = []
        if let now = book.queues, let before = book.before["queues"] {
            figures += Self.queues(
                Summary(now, book.waits),
                Summary(before, book.waitsBefore),
                book.trend?.queues ?? [],
                book.target
            ) { figure in links.address(now, figure) }
        } else if let result = book.results.first(where: { $0.definition.name == "calls" }),
            let before = book.before["calls"]
        {
            figures += Self.calls(CallSums(book.totals["calls"] ?? result), CallSums(before), book.trend?.calls ?? []) {
                figure in links.address(result, figure)
            }
        }
        self.figures = figures + book.results.compactMap(Self.owed)
    }

    private static func queues(
        _ now: Summary,
        _ before: Summary,
        _ trend: [Summary?],
        _ target: Int,
        _ address: (String) -> String?
    ) -> [KeyFigure] {
        func figure(
            _ name: String,
            _ column: String,
            _ wish: KeyFigure.Wish?,
            _ amount: (Summary) -> KeyFigure.Amount
        ) -> KeyFigure {
            KeyFigure(
                name: name,
                amount: amount(now),
                before: amount(before),
                wish: wish,
                trend: trend.map { $0.map(amount) },
                address: address(column)
            )
        }
        return [
            figure(localized("Offered to queues"), "offered", nil) { .count($0.offered) },
            figure(localized("Answered, of offered"), "answered_pct", .more) {
                .share(part: $0.answered, whole: $0.offered)
            },
            figure(localized("In time, of \(now.population) (target \(target) %)"), "service_level_pct", .more) {
                .share(part: $0.inTime, whole: $0.counted)
            },
            figure(localized("Lost in queues, without \(Words.grouped(now.short)) short"), "lost", .less) {
                .count($0.lost)
            },
            figure(localized("Mean wait of answered"), "asa_s", .less) { .seconds($0.meanWait) },
            figure(localized("Longest wait in queues"), "wait_max_s", .less) { .seconds($0.longest) },
        ]
    }

    private static func calls(
        _ now: CallSums,
        _ before: CallSums,
        _ trend: [CallSums?],
        _ address: (String) -> String?
    ) -> [KeyFigure] {
        func figure(
            _ name: String,
            _ column: String,
            _ wish: KeyFigure.Wish?,
            _ amount: (CallSums) -> KeyFigure.Amount
        ) -> KeyFigure {
            KeyFigure(
                name: name,
                amount: amount(now),
                before: amount(before),
                wish: wish,
                trend: trend.map { $0.map(amount) },
                address: address(column)
            )
        }
        return [
            figure(localized("Calls, all directions"), "calls", nil) { .count($0.calls) },
            figure(localized("Answered, of calls"), "answered_pct", .more) {
                .share(part: $0.answered, whole: $0.calls)
            },
            figure(localized("Talk"), "talk_total_s", nil) { .seconds(Double($0.talk)) },
        ]
    }

    /// How many callers, or lost visits, are still owed a call; nil for another report.
    private static func owed(_ result: ReportResult) -> KeyFigure? {
        guard result.place("status") != nil else { return nil }
        let states: [String] = result.rows.compactMap { row in
            // Callers who hung up at once are not lost.
            guard result.cell(row, "outcome") != .text("abandoned_short") else { return nil }
            return result.cell(row, "status").description
        }
        let owed = KeyFigure.Amount.count(Int64(states.count { ["open", "attempted", "claimed"].contains($0) }))
        let all = Words.grouped(Int64(states.count))
        switch result.definition.name {
        case "lost-calls":
            return KeyFigure(
                name: localized("Callers to call back"),
                amount: owed,
                remark: localized("of \(all) lost, in queues or elsewhere")
            )
        case "lost-visits":
            return KeyFigure(
                name: localized("Lost and not called back"),
                amount: owed,
                remark: localized("of \(all) lost visits and calls, without short")
            )
        default: return nil
        }
    }
}
