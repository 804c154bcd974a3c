using System.Text;

namespace KismetPS.Export.Messages;

/// <summary>One field of a message: its names, as each format wants them.</summary>
internal abstract class MessageField
{
    /// <param name="name">The property's name.</param>
    /// <param name="wire">The name in messages.</param>
    /// <param name="cefKey">Key of the CEF dictionary; null: a key of our own.</param>
    /// <param name="cefLabel">What goes into the label of a custom key of that dictionary (cs1, cn1).</param>
    private protected MessageField(string name, string wire, string? cefKey, string? cefLabel)
    {
        Name = name;
        Wire = wire;
        Json = Encoding.ASCII.GetBytes($"\"{wire}\":");
        Gelf = Encoding.ASCII.GetBytes($",\"_{wire}\":");
        StructuredData = Encoding.ASCII.GetBytes($" {wire}=\"");
        Cef = Encoding.ASCII.GetBytes(cefLabel is null ? $" {cefKey ?? "kismet" + name}=" : $" {cefKey}Label={cefLabel} {cefKey}=");
    }

    /// <summary>The property's name.</summary>
    public string Name { get; }

    /// <summary>The name in messages.</summary>
    public string Wire { get; }

    /// <summary><c>"name":</c></summary>
    public byte[] Json { get; }

    /// <summary><c>,"_name":</c></summary>
    public byte[] Gelf { get; }

    /// <summary><c> name="</c></summary>
    public byte[] StructuredData { get; }

    /// <summary><c> key=</c>, with its label in front where it needs one.</summary>
    public byte[] Cef { get; }
}
