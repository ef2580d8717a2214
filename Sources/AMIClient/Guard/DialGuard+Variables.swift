import AMI

extension DialGuard {
    /// Judges a channel variable: one that the configuration names may have any value; of the others, those that steer how
    /// Asterisk dials, and those whose value is a number that might not be dialled, are refused.
    func check(variable name: String, value: String) throws(ManagerError) {
        let plain = name.drop { $0 == "_" }
        guard !plain.isEmpty,
            plain.utf8.allSatisfy({ $0 < 0x80 && (Character(Unicode.Scalar($0)).isLetter || 48...57 ~= $0 || $0 == 95) }
            )
        else { throw refusal("“\(name)” is no plain name of a variable") }
        guard !value.contains("${"), !value.contains("$[") else {
            throw refusal("the value of \(plain) would be worked out by the dialplan")
        }
        if rules.variables.contains(where: { $0 == plain }) { return }
        guard rules.variables.isEmpty else {
            throw refusal("the variable \(plain) is not in \(key("variables"))")
        }
        let upper = plain.uppercased()
        guard !Self.steering.contains(where: { $0.hasSuffix("_") ? upper.hasPrefix($0) : upper == $0 }) else {
            throw refusal("the variable \(plain) steers how Asterisk dials; \(key("variables")) would have to name it")
        }
        // Words are no numbers; what could be dialled, by itself or as part of a channel, is judged as if it were.
        let parts = value.split { !$0.isLetter && !$0.isNumber && !"+*#.-()~_! %,;".contains($0) }.map(String.init)
        for part in [value] + parts {
            guard let dialled = try? DialString(part), dialled.readings.contains(where: { $0.digits.count > 6 }),
                (try? check(number: part)) == nil
            else { continue }
            throw refusal(
                """
                the value of \(plain) could be dialled, and that number is not allowed; \(key("variables")) would have to \
                name \(plain)
                """
            )
        }
    }

    /// Variables that Asterisk or FreePBX take a number, a context, options or a program from. A name that ends with `_` means
    /// all that begin so.
    private static let steering = [
        "ABSOLUTE_", "AMP", "ARG", "ATTENDED_", "ATXFER_", "BLINDTRANSFER", "DB_", "DIAL_", "DIALEDPEERNUMBER",
        "DIAL_NUMBER", "DIALSTATUS",
        "DYNAMIC_", "EXEC_", "EXEC_COMMAND", "FEATURE_", "FORWARD_", "FORWARDERNAME", "GOSUB_", "GOTO_", "LIMIT_",
        "MACRO_", "MEETME_",
        "MIXMONITOR_", "MONITOR_", "OUTBOUND_", "OUTNUM", "PARKING_", "PJSIP_", "QUEUE_", "RECORD_", "SIPADDHEADER",
        "SIP_", "SPYGROUP",
        "TIMEOUT", "TOUCH_", "TRANSFER_", "TRUNK_", "VM_",
    ]
}
