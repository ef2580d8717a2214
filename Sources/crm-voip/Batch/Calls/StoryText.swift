import Base
import CallRecords
import Services

/// The story of a call for a terminal.
struct StoryText {
    private let story: CallStory
    private let width: Int
    private let style: Style

    init(_ story: CallStory, width: Int, style: Style) {
        (self.story, self.width, self.style) = (story, width, style)
    }

    var text: String {
        let lines = [style.bold(localized("Call \(story.call.linkedid)", context: "call"))] + facts + [""] + steps
        return lines.joined(separator: "\n") + "\n"
    }

    private var facts: [String] {
        let call = story.call
        let contact = call.contact.map { contact in
            let identity = "\(contact.kind) \(contact.id)"
            return contact.owner.map { localized("\(contact.name) (\(identity), owner \($0))", context: "call facts") }
                ?? "\(contact.name) (\(identity))"
        }
        let inside = [
            call.extension, call.agent.map { localized("agent \($0)", context: "call facts") },
            call.queue.map { localized("queue \($0)", context: "call facts") },
        ]
        let facts: [(String, String?)] = [
            (localized("pbx", context: "call facts"), call.pbx),
            (
                localized("started", context: "call facts"),
                "\(CallTable.minute(call.started, story.zone)) \(story.zone.name)"
            ),
            (localized("direction", context: "call facts"), CallWords.direction(call.direction)),
            (localized("outcome", context: "call facts"), CallWords.disposition(call.disposition)),
            (localized("customer", context: "call facts"), call.e164 ?? call.number),
            (localized("contact", context: "call facts"), contact),
            (localized("our number", context: "call facts"), call.did),
            (localized("inside", context: "call facts"), Self.joined(inside)),
            (localized("lengths", context: "call facts"), Self.joined(lengths)),
            (localized("transfers", context: "call facts"), call.transfers > 0 ? "\(call.transfers)" : nil),
            (localized("recording", context: "call facts"), call.recording),
        ]
        // The values are aligned; no word for a fact is short of a blank.
        let width = max(12, (facts.map { DisplayWidth.of($0.0) }.max() ?? 0) + 1)
        return facts.compactMap { name, value in
            guard let value, !value.isEmpty else { return nil }
            return LiveText.padded(name, width) + PrintableText.of(value)
        }
    }

    private var lengths: [String?] {
        let call = story.call
        func time(_ seconds: Int64) -> String { ProgressLine.time(Double(seconds)) }
        return [
            call.duration.map { localized("in all \(time($0))", context: "call facts") },
            call.wait.map { localized("waited \(time($0))", context: "call facts") },
            call.talk.map { localized("talked \(time($0))", context: "call facts") },
        ]
    }

    private static func joined(_ parts: [String?]) -> String { parts.compactMap(\.self).joined(separator: ", ") }

    /// The wall time, the time since the beginning of the call, and what happened.
    private var steps: [String] {
        story.steps.flatMap { step -> [String] in
            let wall = story.zone.iso8601(step.at).dropFirst(11).prefix(8)
            let offset = "+" + ProgressLine.time(Double(max(0, step.at.seconds(since: story.call.started))))
            let blanks = String(repeating: " ", count: max(1, 9 - offset.count))
            return wrapped(PrintableText.of(step.text), after: "\(wall) \(blanks)\(offset)  ")
        }
    }

    /// Words that do not fit continue below the first line.
    private func wrapped(_ text: String, after head: String) -> [String] {
        var lines = [head]
        let indentation = String(repeating: " ", count: head.count)
        for word in text.split(separator: " ") {
            let last = lines[lines.count - 1]
            if last.count > head.count, last.count + word.count > width {
                lines.append(indentation + word + " ")
            } else {
                lines[lines.count - 1] += word + " "
            }
        }
        return lines.map { String($0.dropLast()) }
    }
}
