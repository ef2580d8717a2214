import Base
import CallRecords
import Reporting
import Services

/// A single call: its details, and what happened, step by step.
struct StoryView {
    let story: CallStory

    var markup: Markup {
        """
        <h1>Call of \(LocalTime.text(story.call.started, story.zone))</h1>
        <div class="cards">
        <section class="card"><h2 class="hidden">The call</h2>\(facts)</section>
        <section class="card"><h3>Queues</h3>\(visits)</section>
        </div>
        <section class="card wide"><h3>What happened</h3>
        <p class="soft">Times in \(story.zone.name), with the seconds since the beginning.</p>
        \(steps)</section>
        """
    }

    private var facts: Markup {
        let call = story.call
        let contact = call.contact.map { "\($0.name) (\($0.kind) \($0.id))" }
        let lines: [(String, String?)] = [
            ("Direction", call.direction), ("Result", call.disposition.split(separator: "_").joined(separator: " ")),
            ("Number", call.e164 ?? call.number), ("Contact", contact), ("Owner", call.contact?.owner),
            ("Number dialled", call.did), ("Extension", call.extension), ("Agent", call.agent), ("Queue", call.queue),
            ("Waited", call.wait.map { CallsTable.length($0) }), ("Talked", call.talk.map { CallsTable.length($0) }),
            ("Transfers", call.transfers > 0 ? "\(call.transfers)" : nil), ("Recording", call.recording),
            ("PBX", call.pbx), ("Id", call.linkedid),
        ]
        let items = lines.compactMap { name, value -> Markup? in
            guard let value, !value.isEmpty else { return nil }
            return "<dt>\(name)</dt><dd>\(value)</dd>"
        }
        return "<dl class=\"facts\">\(Markup.joined(items, "\n"))</dl>"
    }

    private var visits: Markup {
        guard !story.visits.isEmpty else { return "<p class=\"empty\">The call was in no queue.</p>" }
        let rows = story.visits.map { visit -> Markup in
            """
            <tr><th scope="row">\(visit.queue)</th><td>\(visit.outcome.split(separator: "_").joined(separator: " "))</td>\
            <td>\(visit.agent ?? "")</td><td class="n">\(CallsTable.length(visit.wait))</td>\
            <td class="n">\(CallsTable.length(visit.talk))</td><td class="soft">\(visit.source)</td></tr>
            """
        }
        return """
            <div class="scroll" tabindex="0"><table>
            <thead><tr><th scope="col">Queue</th><th scope="col">Outcome</th><th scope="col">Agent</th>\
            <th scope="col" class="n">Wait</th><th scope="col" class="n">Talk</th><th scope="col">From</th></tr></thead>
            <tbody>
            \(Markup.joined(rows, "\n"))
            </tbody></table></div>
            """
    }

    private var steps: Markup {
        let items = story.steps.map { step -> Markup in
            let time = LocalTime.text(step.at, story.zone).dropFirst(11)
            let offset = step.at.seconds(since: story.call.started)
            return """
                <li><span>\(String(time))</span><span class="soft n">+\(Piece.duration(max(0, Int(offset))))\
                </span><span>\(step.text)</span></li>
                """
        }
        return "<ol class=\"steps\">\n\(Markup.joined(items, "\n"))\n</ol>"
    }
}
