import MariaDB
import Testing

/// The messages are those of MariaDB 10.11, 10.5 and MySQL 8.0.
@Suite struct AccessSentenceTests {
    @Test(
        arguments: [
            (
                1142, "SELECT command denied to user 'crm'@'10.0.0.5' for table `asteriskcdrdb`.`cdr`",
                "asteriskcdrdb.cdr"
            ),
            (1142, "SELECT command denied to user 'crm'@'10.0.0.5' for table 'cdr'", "asteriskcdrdb.cdr"),
            (
                1143, "SELECT command denied to user 'crm'@'10.0.0.5' for column 'src' in table 'cdr'",
                "asteriskcdrdb.cdr"
            ),
            (1142, "SELECT command denied to user 'crm'@'10.0.0.5' for table `my-pbx`.`cdr`", "`my-pbx`.cdr"),
            (1044, "Access denied for user 'crm'@'10.0.0.5' to database 'asteriskcdrdb'", "asteriskcdrdb.*"),
        ] as [(UInt32, String, String)]
    )
    func `a missing right names the statement that grants it`(number: UInt32, message: String, object: String) {
        let error = DatabaseError(
            .denied,
            number: number,
            sqlState: "42000",
            message: message,
            database: "asteriskcdrdb"
        )
        #expect(error.description.hasPrefix("The MariaDB user lacks a right: \(message)"))
        #expect(error.description.hasSuffix("GRANT SELECT ON \(object) TO 'crm'@'10.0.0.5';"), "\(error)")
    }

    @Test func `the privilege is the one that the server names`() {
        let message = "SHOW VIEW command denied to user 'crm'@'%' for table `a`.`v`"
        let error = DatabaseError(.denied, number: 1142, sqlState: "42000", message: message)
        #expect(error.description.hasSuffix("GRANT SHOW VIEW ON a.v TO 'crm'@'%';"))
    }

    @Test func `a refusal that names no object has no statement`() {
        let error = DatabaseError(.denied, number: 1227, sqlState: "42000", message: "Access denied")
        #expect(error.description == "The MariaDB user lacks a right: Access denied (1227, SQLSTATE 42000).")
    }

    @Test func `a wrong password and a missing database have their own sentences`() {
        let password = DatabaseError(.authentication, number: 1045, sqlState: "28000", message: "Access denied")
        #expect(password.description.hasPrefix("The MariaDB server does not accept the user or the password: "))
        let database = DatabaseError(.missingDatabase, number: 1049, message: "Unknown database 'asteriskcdr'")
        #expect(
            database.description.hasPrefix("The MariaDB server has no such database: Unknown database 'asteriskcdr'")
        )
    }
}
