import Base
import TestSupport
import Testing

@testable import Alerts
@testable import Services

@Suite struct StateFileTests {
    @Test func `an alert about what has never happened is remembered with the others`() throws {
        let folder = try TestProcess.temporaryFolder(named: "crm-voip-state")
        defer { _ = try? TestProcess.run(["rm", "-rf", folder]) }
        // Nothing has been loaded yet: the age of the last load is infinite.
        let now = Moment(seconds: 1_795_860_000)
        let rule = AlertRule("load-late", .loadAge, NagiosRange(low: 0, high: 93_600))
        let finding = AlertFinding(["pbx": "main"], .infinity, "Nothing of main has been loaded yet.", path: "/health")
        var machine = AlertMachine([rule], continuing: AlertMemory(at: now))
        machine.evaluate([RuleEvaluation(rule.name, [finding])], at: now)
        try StateFile.write(machine.memory, to: "\(folder)/state.json")
        let read: AlertMemory? = try StateFile.read("\(folder)/state.json")
        #expect(read == machine.memory)
        #expect(read?.states.values.map(\.value) == [.infinity])
    }
}
