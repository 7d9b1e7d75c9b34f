/* The table of the frame's view. */
#include "pos/web/frame.h"

static const struct tpl_field area_fields[] = {
    TPL_FIELD(frame_area, label),
    TPL_FIELD(frame_area, url),
    TPL_FIELD(frame_area, current),
    TPL_FIELD_END,
};

static const struct tpl_field state_fields[] = {
    TPL_FIELD(frame_state, text),
    TPL_FIELD(frame_state, tone),
    TPL_FIELD_END,
};

static const struct tpl_field script_fields[] = {
    TPL_FIELD(frame_script, src),
    TPL_FIELD_END,
};

const struct tpl_field frame_fields[] = {
    TPL_FIELD(frame_view, lang),
    TPL_FIELD(frame_view, other_lang),
    TPL_FIELD(frame_view, other_name),
    TPL_FIELD(frame_view, title),
    TPL_FIELD(frame_view, page_class),
    TPL_FIELD(frame_view, csrf),
    TPL_FIELD(frame_view, unit),
    TPL_FIELD(frame_view, till),
    TPL_FIELD(frame_view, shift),
    TPL_FIELD(frame_view, person),
    TPL_FIELD(frame_view, status),
    TPL_FIELD(frame_view, status_tone),
    TPL_FIELD(frame_view, demo),
    TPL_FIELD(frame_view, wrong),
    TPL_FIELD(frame_view, bare),
    TPL_FIELD(frame_view, home),
    TPL_FIELD(frame_view, here),
    TPL_FIELD(frame_view, help),
    TPL_FIELD_LIST(frame_view, areas, frame_area, area_fields),
    TPL_FIELD_LIST(frame_view, more_areas, frame_area, area_fields),
    TPL_FIELD(frame_view, more_current),
    TPL_FIELD_LIST(frame_view, tabs, frame_area, area_fields),
    TPL_FIELD_LIST(frame_view, states, frame_state, state_fields),
    TPL_FIELD_LIST(frame_view, scripts, frame_script, script_fields),
    TPL_FIELD(frame_view, style),
    TPL_FIELD_END,
};
