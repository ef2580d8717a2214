import Base
import CallRecords
import Testing

@testable import Extract

/// Headings of exports in ten languages. Each header is read with the same row of the same person.
@Suite struct ContactHeadingTests {
    /// A header of `id, first name, last name, phone, second phone, owner`, as various exports write it.
    static let headers = [
        "Record ID,First Name,Last Name,Phone Number,Mobile Phone Number,Contact owner",
        "ID,Vorname,Nachname,Telefon geschäftlich,Mobiltelefon,Zuständiger",
        "Id,Prénom,Nom de famille,Téléphone (bureau),Tél. mobile,Propriétaire",
        "ID,Primer nombre,Apellidos,Teléfono del trabajo,Móvil,Responsable",
        "ID,Nome,Sobrenome,Telefone comercial,Celular,Responsável",
        "ID,Имя,Фамилия,Рабочий телефон,Мобильный телефон,Ответственный",
        "ID,Ім'я,Прізвище,Робочий телефон,Мобільний телефон,Відповідальний",
        "Id,Imię,Nazwisko,Telefon służbowy,Telefon komórkowy,Właściciel",
        "ID,Nome,Cognome,Telefono ufficio,Cellulare,Proprietario",
        "ID,Ad,Soyad,İş Telefonu,Cep Telefonu,Sorumlu",
        "Код,Имя,Фамилия,Телефон,Сотовый,Основной менеджер",
        "ID,Jméno,Příjmení,Telefon,Mobil,Owner",
        "ID,Keresztnév,Vezetéknév,Telefon,Mobil,Owner",
        "ID,Nome,Cognome,Ufficio,Cellulare,Responsabile",
        "Contact ID,Given Name,Family Name,Phone 1 - Value,Phone 2 - Value,Owner",
    ]

    @Test(arguments: headers) func `an export's headings are understood`(header: String) throws {
        let columns = try ContactColumns(names: header.split(separator: ",").map(String.init), source: "list")
        let row = ["7", "Anna", "Beck", "+493012345600", "+4915112345678", "Petra Wolf"]
        let contact = try #require(columns.record { row[$0] })
        #expect(contact.id == "7" && contact.name == "Anna Beck" && contact.owner == "Petra Wolf")
        #expect(contact.phones.map(\.text) == ["+493012345600", "+4915112345678"])
        #expect(columns.listing.passedOver == [])
    }

    @Test(arguments: [
        "Phone 1 - Type", "Phone 1 - Label", "Telefontyp", "Type de téléphone", "Тип телефона", "Fax", "Business Fax",
        "Télécopie", "Assistant's Phone", "E-mail 1 - Value", "Phone opt out", "Lead Status", "Notes",
        "Contact Owner.id.x",
    ]) func `types, labels, faxes and flags are not phones`(heading: String) {
        if case .phone = ContactHeading(heading)?.role { Issue.record("\(heading) is no phone") }
    }

    @Test func `rows with different names never merge, and a word is not an id`() throws {
        let columns = try ContactColumns(names: ["Name", "Phone"], source: "list")
        var snapshot = ContactSnapshot()
        for row in [["Anna", "+493012345600"], ["Bob", "+493012345600"], ["ANNA", "+493012345600"]] {
            snapshot.addApart(try #require(columns.record { row[$0] }))
        }
        var names: [[String]] = [[], []]
        for contact in 0..<snapshot.count { snapshot.forEachRow(of: contact) { names[contact].append($0.name) } }
        #expect(names == [["ANNA", "Anna"], ["Bob"]] && snapshot.conflicts == 1)
        #expect(columns.record { ["Carl", "Mobile"][$0] } == nil)
    }

    @Test func `Name next to a first name is the family name`() throws {
        let german = try ContactColumns(names: ["Vorname", "Name", "Telefon"], source: "list")
        #expect(german.record { ["Anna", "Beck", "+493012345600"][$0] }?.name == "Anna Beck")
        #expect(german.record { ["Anna", "Anna Beck", "+493012345600"][$0] }?.name == "Anna Beck")
    }
}
