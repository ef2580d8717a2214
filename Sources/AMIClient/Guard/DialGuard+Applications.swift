import AMI

extension DialGuard {
    /// Checks an application and its arguments.
    ///
    /// The arguments of the default applications are known
    /// (https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/Dialplan_Applications/), and only
    /// harmless ones are permitted: `Queue` accepts an AGI script and a gosub, `Read` a function that can write
    /// anything, and `Playback` any path.
    func check(application name: String, data: String) throws(ManagerError) {
        let lowered = name.lowercased()
        guard !Self.spies.contains(lowered) else {
            throw refusal("\(name) lets somebody hear a call; use the command `spy`")
        }
        guard rules.applications.contains(where: { $0.isSame(as: name) }) else {
            throw refusal("the application \(name) is not in \(key("applications"))")
        }
        guard !data.unicodeScalars.contains(where: { "${}\\\"`".unicodeScalars.contains($0) || $0.value < 32 }) else {
            throw refusal("the arguments of \(name) have a character that the dialplan would evaluate")
        }
        guard let shape = Self.shapes[lowered] else { return }
        let arguments = data.isEmpty ? [] : data.split(separator: ",", omittingEmptySubsequences: false)
        let isAllowed =
            arguments.count <= shape.count
            && zip(arguments, shape).allSatisfy { argument, kind in argument.isEmpty || kind.admits(argument) }
        guard isAllowed else {
            throw refusal("the arguments of \(name) go beyond what it allows: \(Self.words(of: lowered))")
        }
    }

    private static let spies: Set = ["chanspy", "extenspy", "dahdiscan", "dahdibarge"]

    /// The permitted forms of an argument.
    private enum Argument {
        case nothing, name, sounds, number, letters(String), word

        func admits(_ text: Substring) -> Bool {
            switch self {
            case .nothing: false
            case .number:
                text.utf8.allSatisfy { 48...57 ~= $0 }
                    || text.split(separator: ".").allSatisfy { $0.utf8.allSatisfy { 48...57 ~= $0 } }
            case .letters(let letters): text.allSatisfy { letters.contains($0) }
            case .name: Self.isName(text)
            case .word: text.utf8.allSatisfy { Self.isNameByte($0) || $0 == 42 || $0 == 35 }
            case .sounds: text.split(separator: "&", omittingEmptySubsequences: false).allSatisfy(Self.isSound)
            }
        }

        /// `hello` or `custom/hello`: below the sounds folder.
        private static func isSound(_ text: Substring) -> Bool {
            text.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { isName($0) }
        }

        private static func isName(_ text: Substring) -> Bool { !text.isEmpty && text.utf8.allSatisfy(isNameByte) }

        private static func isNameByte(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: byte >= 0x80
            }
        }
    }

    /// The arguments of the applications permitted by default. `w`, `W`, `x` and `X` of Queue let a party record.
    private static let shapes: [String: [Argument]] = [
        "answer": [.number, .letters("i")],
        "background": [.sounds, .letters("nsmp"), .name],
        "confbridge": [.name],
        "echo": [],
        "milliwatt": [.letters("om")],
        "musiconhold": [.name, .number],
        "park": [.name],
        "playback": [.sounds, .letters("skipnoaweramx")],
        "queue": [.name, .letters("CcdhHiIkKnrRtT"), .nothing, .nothing, .number],
        "read": [.name, .sounds, .number, .letters("sin"), .number, .number],
        "saydigits": [.word],
        "wait": [.number],
    ]

    private static func words(of application: String) -> String {
        switch application {
        case "queue": "a queue's name, options and a timeout"
        case "playback", "background": "names of sounds and options"
        case "confbridge": "the name of a conference"
        case "park": "the name of a parking lot"
        default: "plain names and numbers"
        }
    }
}
