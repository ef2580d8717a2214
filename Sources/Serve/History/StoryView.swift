import Base
import CallRecords
import Reporting
import Services

/// A single call: its details, and what happened, step by step.
struct StoryView {
    let story: CallStory

    var markup: Markup {
        """
        <h1>\(localized("Call of \(LocalTime.text(story.call.started, story.zone))", context: "time"))</h1>
        <div class="cards">
        <section class="card"><h2 class="hidden">\(localized("The call"))</h2>\(facts)</section>
        <section class="card"><h3>\(localized("Queues"))</h3>\(visits)</section>
        </div>
        <section class="card wide"><h3>\(localized("What happened"))</h3>
        <p class="soft">\(localized("Times in \(story.zone.name), with the time since the beginning."))</p>
        \(steps)</section>
        """
    }

    private var facts: Markup {
        let call = story.call
        let contact = call.contact.map { "\($0.name) (\($0.kind) \($0.id))" }
        let lines: [(String, String?)] = [
            (localized("Direction"), CallWords.direction(call.direction)),
            (localized("Result"), ValueWords.outcome(call.disposition)),
            (localized("Number"), call.e164 ?? call.number), (localized("Contact"), contact),
            (localized("Owner"), call.contact?.owner), (localized("Number dialled"), call.did),
            (localized("Extension"), call.extension), (localized("Agent"), call.agent),
            (localized("Queue"), call.queue), (localized("Waited"), call.wait.map { CallsTable.length($0) }),
            (localized("Talked"), call.talk.map { CallsTable.length($0) }),
            (localized("Transfers"), call.transfers > 0 ? "\(call.transfers)" : nil),
            (localized("Recording"), call.recording), (localized("PBX"), call.pbx), (localized("Id"), call.linkedid),
        ]
        let items = lines.compactMap { name, value -> Markup? in
            guard let value, !value.isEmpty else { return nil }
            return "<dt>\(name)</dt><dd>\(value)</dd>"
        }
        return "<dl class=\"facts\">\(Markup.joined(items, "\n"))</dl>"
    }

    private var visits: Markup {
        guard !story.visits.isEmpty else { return "<p class=\"empty\">\(localized("The call was in no queue."))</p>" }
        let wait = Piece.label(localized("Wait", context: "time"))
        let talk = Piece.label(localized("Talk", context: "time"))
        let rows = story.visits.map { visit -> Markup in
            """
            <tr><th scope="row">\(visit.queue)</th><td>\(ValueWords.outcome(visit.outcome))</td>\
            <td>\(visit.agent ?? "")</td><td class="n" \(wait)>\(CallsTable.length(visit.wait))</td>\
            <td class="n" \(talk)>\(CallsTable.length(visit.talk))</td><td class="soft">\(visit.source)</td></tr>
            """
        }
        return """
            <div class="scroll" tabindex="0"><table class="list">
            <thead><tr>\(Piece.head(localized("Queue")))\(Piece.head(localized("Outcome")))\(Piece.head(localized("Agent")))\
            \(Piece.numberHead(localized("Wait", context: "time")))\
            \(Piece.numberHead(localized("Talk", context: "time")))\(Piece.head(localized("Source")))</tr></thead>
            <tbody>
            \(Markup.joined(rows, "\n"))
            </tbody></table></div>
            """
    }

    private var steps: Markup {
        let items = story.steps.map { step -> Markup in
            let time = LocalTime.clock(step.at, story.zone)
            let offset = step.at.seconds(since: story.call.started)
            return """
                <li><span>\(time)</span><span class="soft n">+\(Piece.duration(max(0, Int(offset))))\
                </span><span>\(step.text)</span></li>
                """
        }
        return "<ol class=\"steps\">\n\(Markup.joined(items, "\n"))\n</ol>"
    }
}
