import Testing

/// Other people's names in messages: a terminal displays them without obeying them, and none of them can forge a line.
@Suite(.enabled(if: Program.isBuilt, "the program is built beside the tests")) struct MessageTextTests {
    @Test(arguments: [
        "inspect \"$name\"", "config check --config \"$name\"", "events --replay \"$name\"", "report \"$name\"",
        "etl --file \"$name\"", "channels --config \"$name\"",
    ])
    func `an error stays one line without escapes`(command: String) async throws {
        let result = try await Program.shell(
            """
            name=$(printf 'a\\ncrm-voip: forged\\033[31m\\302\\233x'); crm-voip \(command) 2>&1
            """
        )
        let lines = result.output.split(separator: "\n")
        #expect(result.status != 0 && !lines.contains { $0.hasPrefix("crm-voip: forged") }, "\(result.output)")
        let controls = result.output.unicodeScalars.filter { $0.properties.generalCategory == .control && $0 != "\n" }
        #expect(controls.isEmpty, "\(result.output)")
    }
}
