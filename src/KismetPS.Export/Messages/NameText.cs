namespace KismetPS.Export.Messages;

/// <summary>Names of enumeration values, made once: a set of flags is else spelt anew each time.</summary>
internal static class NameText<T>
    where T : struct, Enum
{
    private static readonly string?[] s_names = new string?[256];

    public static string Of(T value)
    {
        // Values of the model are small; what is not is a number somebody made up.
        int number = Convert32(value);
        return (uint)number < (uint)s_names.Length ? s_names[number] ??= value.ToString() : value.ToString();
    }

    private static int Convert32(T value) => System.Runtime.CompilerServices.Unsafe.As<T, int>(ref value);
}
