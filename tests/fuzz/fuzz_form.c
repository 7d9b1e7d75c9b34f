/* Fuzzes the form decoders and the input tables: what they accept must be clean text in limits. */
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "inventory/base/arena.h"
#include "inventory/base/utf8.h"
#include "pos/web/form.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const choices[] = {"tunai", "qris", NULL};

static const struct input table[] = {
    {.name = "a", .label = "A", .type = INPUT_LINE, .required = true, .many = true},
    {.name = "b", .label = "B", .type = INPUT_INT},
    {.name = "c", .label = "C", .type = INPUT_RUPIAH},
    {.name = "d", .label = "D", .type = INPUT_QTY},
    {.name = "e", .label = "E", .type = INPUT_DAY},
    {.name = "f", .label = "F", .type = INPUT_ID},
    {.name = "g", .label = "G", .type = INPUT_CHOICE, .choices = choices},
    {.name = "h", .label = "H", .type = INPUT_CODE},
    {.name = "i", .label = "I", .type = INPUT_KEY},
    {.name = "j", .label = "J", .type = INPUT_FLAG},
    {.name = "k", .label = "K", .type = INPUT_PASSWORD},
    {.name = "l", .label = "L", .type = INPUT_TEXT},
    INPUT_END,
};

static void must(bool holds)
{
    if (!holds) {
        abort();
    }
}

static void check_clean(const char *text, size_t max)
{
    must(strlen(text) <= max && utf8_valid(text, strlen(text)) && !utf8_has_control(text));
}

static void check_form(struct ctx *cx, const struct form *form)
{
    struct inputs in;

    must(form->count <= FORM_FIELDS_MAX);
    for (size_t i = 0; i < form->count; i++) {
        check_clean(form->fields[i].name, FORM_NAME_MAX);
        check_clean(form->fields[i].value, FORM_VALUE_MAX);
        must(form->fields[i].name[0] != '\0');
    }
    if (input_check(&in, cx, table, form)) {
        must(in.error_count > 0 && cx->why.text[0] != '\0' && cx->why.field[0] != '\0');
        return;
    }
    must(input_rupiah(&in, "c").rp >= 0 && input_rupiah(&in, "c").rp <= RUPIAH_MAX);
    must(input_qty(&in, "d").milli >= 0 && input_choice(&in, "g") < 2);
    must(!strpbrk(input_text(&in, "a"), "\n\t") && input_text(&in, "a")[0] != '\0');
}

/* The first byte chooses the decoder; a multipart body has the boundary X. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *bytes = (const char *)data + 1;
    struct ctx cx = {.lang = LANG_ID};
    struct form form;
    struct upload file;
    enum err e;

    if (size == 0) {
        return 0;
    }
    cx.arena = arena_new((size_t)16 << 20);
    if (data[0] == 'm') {
        e = multipart_decode(&form, &file, &cx, "multipart/form-data; boundary=X", bytes, size - 1);
        if (e == OK && file.field) {
            check_clean(file.filename, FORM_VALUE_MAX);
            must(file.bytes >= bytes && file.n <= size - 1 &&
                 file.bytes + file.n <= bytes + size - 1);
        }
    } else {
        e = form_decode(&form, &cx, bytes, size - 1, NULL);
    }
    if (e == OK) {
        check_form(&cx, &form);
    } else {
        must(form.count == 0 && cx.why.text[0] != '\0');
    }
    arena_free(cx.arena);
    return 0;
}
