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
        let lines = [style.bold("Call \(story.call.linkedid)")] + facts + [""] + steps
        return lines.joined(separator: "\n") + "\n"
    }

    private var facts: [String] {
        let call = story.call
        let contact = call.contact.map { contact in
            "\(contact.name) (\(contact.kind) \(contact.id)" + (contact.owner.map { ", owner \($0)" } ?? "") + ")"
        }
        let inside = [call.extension, call.agent.map { "agent \($0)" }, call.queue.map { "queue \($0)" }]
        let facts: [(String, String?)] = [
            ("pbx", call.pbx), ("started", "\(CallTable.minute(call.started, story.zone)) \(story.zone.name)"),
            ("direction", call.direction), ("outcome", call.disposition.replacing("_", with: " ")),
            ("customer", call.e164 ?? call.number), ("contact", contact), ("our number", call.did),
            ("inside", Self.joined(inside)), ("lengths", Self.joined(lengths)),
            ("transfers", call.transfers > 0 ? "\(call.transfers)" : nil), ("recording", call.recording),
        ]
        return facts.compactMap { name, value in
            guard let value, !value.isEmpty else { return nil }
            return name + String(repeating: " ", count: max(1, 12 - name.count)) + PrintableText.of(value)
        }
    }

    private var lengths: [String?] {
        let call = story.call
        return [("in all", call.duration), ("waited", call.wait), ("talked", call.talk)].map { name, seconds in
            seconds.map { "\(name) \(ProgressLine.time(Double($0)))" }
        }
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
